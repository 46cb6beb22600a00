namespace GroqKit.Bench.Gateway;

/// <summary>A mode, then pairs of <c>--name value</c>.</summary>
internal sealed record Arguments(string Mode, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Null when the line is not of that form.</summary>
    public static Arguments? Parse(string[] line)
    {
        if (line.Length % 2 == 0)
            return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 1; i < line.Length; i += 2)
        {
            if (!line[i].StartsWith("--", StringComparison.Ordinal))
                return null;
            values[line[i][2..]] = line[i + 1];
        }
        return new Arguments(line[0], values);
    }

    public string Text(string name) =>
        Values.GetValueOrDefault(name) ?? throw new ArgumentException($"--{name} is missing.", nameof(name));

    public int Number(string name, int? fallback = null) =>
        fallback is { } number && !Values.ContainsKey(name) ? number : int.Parse(Text(name));

    public Uri Address(string name) => new(Text(name));
}
