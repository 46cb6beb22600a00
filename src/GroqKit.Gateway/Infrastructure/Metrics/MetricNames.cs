namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>How names of instruments and tags read in Prometheus.</summary>
internal static class MetricNames
{
    /// <summary>Dots become underscores, the unit a suffix, and a counter ends in <c>_total</c>; what has its suffix keeps it.</summary>
    public static string Of(string instrument, string? unit, bool isCounter)
    {
        string name = Label(instrument);
        string suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            "USD" => "_dollars",
            _ => "",
        };
        if (suffix.Length > 0 && !name.EndsWith(suffix, StringComparison.Ordinal))
            name += suffix;
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string Label(string name) =>
        string.Create(
            name.Length,
            name,
            static (text, name) =>
            {
                for (int i = 0; i < text.Length; i++)
                    text[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
            }
        );

    /// <summary>A label's value inside its quotes.</summary>
    public static string Escape(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}
