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

    public static string Of(Assembly assembly) =>
        Of(assembly.GetTypes().Where(type => type.IsVisible && !type.Name.Contains('<', StringComparison.Ordinal)));

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

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue())}")
                .Order(StringComparer.Ordinal);
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        return type.GetMembers(Declared)
            .OrderByDescending(member => member is ConstructorInfo)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => (member.Name, Line: MemberLine.Of(member)))
            .Where(member => member.Line is not null)
            .GroupBy(member => member.Name)
            .SelectMany(overloads => overloads.Select(member => member.Line!).Order(StringComparer.Ordinal));
    }
}
