using System.Text.Json;
using System.Text.RegularExpressions;

namespace GroqKit.EndToEnd.Deployment;

/// <summary>A Prometheus expression of the deployment files, taken apart far enough to hold it against <c>/metrics</c>.</summary>
/// <param name="Place">Whose it is: an alert's name or a panel's title.</param>
/// <param name="Expression">As written.</param>
internal sealed partial record MetricQuery(string Place, string Expression)
{
    // What Prometheus itself adds to every series, and what a histogram's buckets bring along.
    private static readonly HashSet<string> Added = ["instance", "job", "le"];

    /// <summary>The metrics it names, each as <c>/metrics</c> declares it.</summary>
    public IEnumerable<string> Metrics =>
        Name().Matches(Expression).Select(match => Suffix().Replace(match.Value, "")).Distinct(StringComparer.Ordinal);

    /// <summary>The labels it selects or groups by.</summary>
    public IEnumerable<string> Labels =>
        Matcher()
            .Matches(Expression)
            .Select(match => match.Groups["label"].Value)
            .Concat(
                Grouping()
                    .Matches(Expression)
                    .SelectMany(match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
            )
            .Where(label => !Added.Contains(label))
            .Distinct(StringComparer.Ordinal);

    /// <summary>The expressions of the alerts.</summary>
    public static IEnumerable<MetricQuery> Alerts(string yaml) =>
        DeployedYaml
            .Read(yaml)
            .Single()
            .At("groups", 0, "rules")
            .Items.Select(rule => new MetricQuery(rule.At("alert").Text, rule.At("expr").Text));

    /// <summary>The expressions of a Grafana dashboard's panels.</summary>
    public static IEnumerable<MetricQuery> Panels(string json)
    {
        using JsonDocument dashboard = JsonDocument.Parse(json);
        foreach (JsonElement panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            if (!panel.TryGetProperty("targets", out JsonElement targets))
                continue;
            foreach (JsonElement target in targets.EnumerateArray())
            {
                yield return new MetricQuery(
                    panel.GetProperty("title").GetString()!,
                    target.GetProperty("expr").GetString()!
                );
            }
        }
    }

    [GeneratedRegex(
        @"\b(?:groq|groqkit|gen_ai|dotnet|kestrel)_[a-z0-9_]+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Suffix();

    [GeneratedRegex(
        @"[{,]\s*(?<label>[a-z_]+)\s*(=~|!=|!~|=)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby\s*\((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Grouping();
}
