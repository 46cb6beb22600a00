namespace GroqKit.PublicApi;

/// <summary>What two listings do not share, type by type.</summary>
internal static class ApiDifference
{
    public static string Of(string known, string now)
    {
        Dictionary<string, string[]> before = Types(known);
        Dictionary<string, string[]> after = Types(now);
        return string.Join(
            '\n',
            before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).SelectMany(type => Lines(type, before, after))
        );
    }

    private static IEnumerable<string> Lines(
        string type,
        Dictionary<string, string[]> before,
        Dictionary<string, string[]> after
    )
    {
        bool was = before.TryGetValue(type, out string[]? old);
        bool stays = after.TryGetValue(type, out string[]? members);
        string[] lines =
        [
            .. (old ?? []).Except(members ?? []).Select(member => $"- {member}"),
            .. (members ?? []).Except(old ?? []).Select(member => $"+ {member}"),
        ];
        if (lines.Length > 0 || was != stays)
            yield return (was, stays) switch
            {
                (true, true) => $"  {type}",
                (true, _) => $"- {type}",
                _ => $"+ {type}",
            };
        foreach (string line in lines)
            yield return line;
    }

    private static Dictionary<string, string[]> Types(string listing) =>
        listing
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(type => type.Trim('\n').Split('\n'))
            .ToDictionary(lines => lines[0], lines => lines[1..]);
}
