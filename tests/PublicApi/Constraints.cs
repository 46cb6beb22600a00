using System.Reflection;

namespace GroqKit.PublicApi;

/// <summary>What type parameters have to be.</summary>
internal static class Constraints
{
    public static string Of(IEnumerable<Type> parameters) =>
        string.Concat(
            parameters
                .Select(parameter => (parameter.Name, Of: List(parameter)))
                .Where(entry => entry.Of.Count > 0)
                .Select(entry => $" where {entry.Name} : {string.Join(", ", entry.Of)}")
        );

    private static List<string> List(Type parameter)
    {
        if (!parameter.IsGenericParameter)
            return [];
        GenericParameterAttributes kind = parameter.GenericParameterAttributes;
        List<string> list = [];
        if (kind.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            list.Add("struct");
        else if (kind.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            list.Add("class");
        list.AddRange(
            parameter
                .GetGenericParameterConstraints()
                .Where(constraint => constraint != typeof(ValueType))
                .Select(TypeName.Of)
                .Order(StringComparer.Ordinal)
        );
        if (
            kind.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)
            && !kind.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint)
        )
            list.Add("new()");
        return list;
    }
}
