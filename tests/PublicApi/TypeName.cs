using System.Reflection;

namespace GroqKit.PublicApi;

/// <summary>The name of a type, as C# writes it, with question marks where null may be.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    /// <summary>Without what it belongs to: the name of a declaration.</summary>
    public static string Plain(Type type) => Nested(type, type.GetGenericArguments().Select(argument => argument.Name));

    public static string Of(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Of(value)}?";
        if (type.HasElementType)
            return Of(type.GetElementType()!)
                + (
                    type.IsArray ? "[]"
                    : type.IsPointer ? "*"
                    : ""
                );
        return Keywords.GetValueOrDefault(type) ?? Nested(type, type.GetGenericArguments().Select(Of));
    }

    public static string Of(NullabilityInfo info)
    {
        Type type = info.Type;
        if (Nullable.GetUnderlyingType(type) is not null)
            // The context describes a nullable value by the arguments of the value itself.
            return info.GenericTypeArguments is [{ } inner] && inner.Type == Nullable.GetUnderlyingType(type)
                ? $"{Of(inner).TrimEnd('?')}?"
                : $"{Of(Nullable.GetUnderlyingType(type)!)}?";
        if (type.IsByRef)
            return Of(type) + (type.GetElementType()!.IsValueType ? "" : Mark(info));
        string mark = type.IsValueType ? "" : Mark(info);
        if (info.ElementType is { } element)
            return $"{Of(element)}[]{mark}";
        return (Keywords.GetValueOrDefault(type) ?? Nested(type, Arguments(info))) + mark;
    }

    // What may stand for a type parameter may be null anyway, unless it says that it is a class.
    private static string Mark(NullabilityInfo info) =>
        (info.ReadState is NullabilityState.Nullable || info.WriteState is NullabilityState.Nullable)
        && (
            !info.Type.IsGenericParameter
            || info.Type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)
        )
            ? "?"
            : "";

    private static IEnumerable<string> Arguments(NullabilityInfo info) =>
        info.GenericTypeArguments.Length == info.Type.GetGenericArguments().Length
            ? info.GenericTypeArguments.Select(Of)
            : info.Type.GetGenericArguments().Select(Of);

    private static string Nested(Type type, IEnumerable<string> arguments)
    {
        if (type.IsGenericParameter)
            return type.Name;
        var rest = new Queue<string>(arguments);
        List<string> names = [];
        for (Type? part = type; part is not null; part = part.DeclaringType)
            names.Insert(0, part.Name);
        return string.Join('.', names.Select(name => WithArguments(name, rest)));
    }

    private static string WithArguments(string name, Queue<string> arguments)
    {
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
            return name;
        int count = int.Parse(name[(tick + 1)..]);
        return $"{name[..tick]}<{string.Join(", ", Enumerable.Range(0, count).Select(_ => arguments.Dequeue()))}>";
    }
}
