using System.Reflection;

namespace GroqKit.PublicApi.Reference;

/// <summary>The name under which the compiler files a member's comment.</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) =>
        member switch
        {
            Type type => $"T:{Name(type)}",
            FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
            EventInfo e => $"E:{Name(e.DeclaringType!)}.{e.Name}",
            PropertyInfo property => $"P:{Name(property.DeclaringType!)}.{property.Name}"
                + Parameters(property.GetIndexParameters()),
            ConstructorInfo made => $"M:{Name(made.DeclaringType!)}.#ctor" + Parameters(made.GetParameters()),
            MethodInfo method => $"M:{Name(method.DeclaringType!)}.{method.Name}"
                + (method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")
                + Parameters(method.GetParameters())
                + (method.Name is "op_Implicit" or "op_Explicit" ? $"~{Reference(method.ReturnType)}" : ""),
            _ => throw new ArgumentException($"{member} has no comment.", nameof(member)),
        };

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0
            ? ""
            : $"({string.Join(',', parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string Reference(Type type)
    {
        if (type.IsByRef)
            return Reference(type.GetElementType()!) + "@";
        if (type.IsArray)
            return $"{Reference(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (!type.IsGenericType)
            return Name(type);
        // Arguments stand behind the part of the name that they belong to.
        var rest = new Queue<Type>(type.GetGenericArguments());
        IEnumerable<string> parts = Name(type.GetGenericTypeDefinition())
            .Split('.')
            .Select(part =>
                part.Split('`') is [var name, var count]
                    ? $"{name}{{{string.Join(',', Enumerable.Range(0, int.Parse(count)).Select(_ => Reference(rest.Dequeue())))}}}"
                    : part
            );
        return string.Join('.', parts);
    }
}
