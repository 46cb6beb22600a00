using System.Reflection;
using System.Text;

namespace GroqKit.PublicApi;

/// <summary>
/// What an assembly promises, as text: a line per type and one per member, in an order that only names decide. The same assembly always gives the same text.
/// </summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => Of(Types(assembly));

    /// <summary>The types that others can name.</summary>
    public static IEnumerable<Type> Types(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsVisible && !type.Name.Contains('<', StringComparison.Ordinal));

    public static string Of(params IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (
            IGrouping<string?, Type> space in types
                .GroupBy(type => type.Namespace)
                .OrderBy(space => space.Key, StringComparer.Ordinal)
        )
        {
            foreach (
                (string head, Type type) in space
                    .Select(type => (TypeLine.Of(type), type))
                    .OrderBy(entry => entry.type.FullName, StringComparer.Ordinal)
            )
            {
                text.Append(space.Key).Append(": ").Append(head).Append('\n');
                foreach (string member in Members(type))
                    text.Append("    ").Append(member).Append('\n');
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    /// <summary>The members of a type with their lines, in the order of the listing.</summary>
    public static IEnumerable<(MemberInfo Member, string Line)> Documented(Type type)
    {
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => ((MemberInfo)field, $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}"))
                .OrderBy(entry => entry.Item2, StringComparer.Ordinal);
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        return type.GetMembers(Declared)
            .OrderByDescending(member => member is ConstructorInfo)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => (Member: member, Line: MemberLine.Of(member)))
            .Where(entry => entry.Line is not null)
            .GroupBy(entry => entry.Member.Name)
            .SelectMany(overloads => overloads.OrderBy(entry => entry.Line, StringComparer.Ordinal))
            .Select(entry => (entry.Member, entry.Line!));
    }

    private static IEnumerable<string> Members(Type type) => Documented(type).Select(entry => entry.Line);
}
