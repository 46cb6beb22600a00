using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GroqKit.PublicApi;

/// <summary>A member, as C# writes it; null for what nobody outside can name.</summary>
internal static class MemberLine
{
    public static string? Of(MemberInfo member)
    {
        string? line = member switch
        {
            FieldInfo field => Field(field),
            PropertyInfo property => Property(property),
            EventInfo e when IsOpen(e.AddMethod) =>
                $"{Modifiers(e.AddMethod!)}event {TypeName.Of(new NullabilityInfoContext().Create(e))} {e.Name}",
            ConstructorInfo made when IsOpen(made) && !made.IsStatic && !IsCopy(made) =>
                $"{Modifiers(made)}{Bare(made.DeclaringType!)}({Parameters(made)})",
            MethodInfo method when IsOpen(method) && !IsWrittenByCompiler(method) => Modifiers(method)
                + Signature(method, method.Name + Generic(method)),
            _ => null,
        };
        return line is null ? null : Marks.Of(member) + line;
    }

    public static string Signature(MethodInfo method, string name) =>
        $"{TypeName.Of(new NullabilityInfoContext().Create(method.ReturnParameter))} {name}({Parameters(method)})"
        + Constraints.Of(method.IsGenericMethod ? method.GetGenericArguments() : []);

    private static string? Field(FieldInfo field)
    {
        if (!(field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
            return null;
        string type = TypeName.Of(new NullabilityInfoContext().Create(field));
        return field.IsLiteral
            ? $"const {type} {field.Name} = {Value(field.GetRawConstantValue(), field.FieldType)}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string? Property(PropertyInfo property)
    {
        MethodInfo? get = IsOpen(property.GetMethod) ? property.GetMethod : null;
        MethodInfo? set = IsOpen(property.SetMethod) ? property.SetMethod : null;
        if ((get ?? set) is not { } accessor || IsRecordContract(property))
            return null;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string access =
            (get is null ? "" : " get;")
            + (
                set is null ? ""
                : IsInit(set) ? " init;"
                : " set;"
            );
        return $"{Modifiers(accessor)}{required}{TypeName.Of(new NullabilityInfoContext().Create(property))} {name} {{{access} }}";
    }

    private static bool IsOpen(MethodBase? method) =>
        method is { IsPublic: true }
        || method is { IsFamily: true, DeclaringType.IsSealed: false }
        || method is { IsFamilyOrAssembly: true, DeclaringType.IsSealed: false };

    private static bool IsInit(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    // Equality, cloning and printing come with the word record.
    private static bool IsWrittenByCompiler(MethodInfo method) =>
        method.Name.Contains('<', StringComparison.Ordinal)
        || method.IsDefined(typeof(CompilerGeneratedAttribute))
        || (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static bool IsRecordContract(PropertyInfo property) =>
        property.Name == "EqualityContract" && TypeLine.IsRecord(property.DeclaringType!);

    private static bool IsCopy(ConstructorInfo made) =>
        TypeLine.IsRecord(made.DeclaringType!)
        && made.GetParameters() is [{ } only]
        && only.ParameterType == made.DeclaringType;

    private static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? "" : "protected ";
        if (method.IsStatic)
            return access
                + (
                    method.IsAbstract ? "static abstract "
                    : method.IsVirtual ? "static virtual "
                    : "static "
                );
        if (!method.IsVirtual || method.DeclaringType!.IsInterface)
            return access;
        bool isNew = method is not MethodInfo known || known.GetBaseDefinition() == known;
        if (!isNew)
            return access + (method.IsFinal ? "sealed override " : "override ");
        return access
            + (
                method.IsAbstract ? "abstract "
                : method.IsFinal ? ""
                : "virtual "
            );
    }

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static string Parameters(MethodBase method)
    {
        string extends = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return extends + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string direction = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true } when parameter.IsIn => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute))
                    || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        string value = parameter.HasDefaultValue
            ? $" = {Value(parameter.RawDefaultValue, parameter.ParameterType)}"
            : "";
        return $"{direction}{TypeName.Of(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{value}";
    }

    private static string Value(object? value, Type type) =>
        value switch
        {
            null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
            string text => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
            bool flag => flag ? "true" : "false",
            _ when type.IsEnum => $"{TypeName.Of(type)}.{Enum.ToObject(type, value)}",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
}
