using System.Reflection;
using System.Runtime.CompilerServices;

namespace GroqKit.PublicApi;

/// <summary>The head of a type, as C# writes it.</summary>
internal static class TypeLine
{
    public static string Of(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return Marks.Of(type) + "delegate " + MemberLine.Signature(type.GetMethod("Invoke")!, TypeName.Plain(type));
        return $"{Marks.Of(type)}{Modifiers(type)}{Kind(type)} {TypeName.Plain(type)}{Bases(type)}{Constraints.Of(type.GetGenericArguments())}";
    }

    public static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            is { } print
        && print.IsDefined(typeof(CompilerGeneratedAttribute));

    // Goes without saying.
    private static bool IsRecordEquality(Type type, Type contract) =>
        IsRecord(type) && contract == typeof(IEquatable<>).MakeGenericType(type);

    private static string Modifiers(Type type)
    {
        string access = type.IsNestedFamily || type.IsNestedFamORAssem ? "protected " : "";
        if (type.IsInterface || type.IsEnum)
            return access;
        if (type.IsValueType)
            return access
                + (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : "");
        return access
            + (type.IsAbstract, type.IsSealed) switch
            {
                (true, true) => "static ",
                (true, false) => "abstract ",
                (false, true) => "sealed ",
                _ => "",
            };
    }

    private static string Kind(Type type) =>
        type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
            _ => IsRecord(type) ? "record" : "class",
        };

    private static string Bases(Type type)
    {
        if (type.IsEnum)
            return Enum.GetUnderlyingType(type) == typeof(int) ? "" : $" : {TypeName.Of(Enum.GetUnderlyingType(type))}";
        List<string> bases = [];
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases.Add(TypeName.Of(parent));
        bases.AddRange(
            type.GetInterfaces()
                .Except(type.BaseType?.GetInterfaces() ?? [])
                .Where(contract => contract.IsVisible && !IsRecordEquality(type, contract))
                .Select(TypeName.Of)
                .Order(StringComparer.Ordinal)
        );
        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}";
    }
}
