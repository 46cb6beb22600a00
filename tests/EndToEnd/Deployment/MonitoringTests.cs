using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using GroqKit.EndToEnd.Running;

namespace GroqKit.EndToEnd.Deployment;

/// <summary>Alerts and dashboard ask for what the gateway tells.</summary>
[Requirement("DL-01", "GW-17")]
public sealed partial class MonitoringTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Chat =
        """{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"Hello"}]}""";

    // Series that a gateway has only after something went wrong, with the labels that they then carry.
    private static readonly Dictionary<string, string[]> Rare = new(StringComparer.Ordinal)
    {
        ["groq_retries_total"] = ["model", "reason"],
        ["groqkit_gateway_limited_total"] = ["code"],
        ["groqkit_gateway_circuit_state"] = ["provider", "model"],
    };

    private static MetricQuery[] Queries =>
        [
            .. MetricQuery.Alerts(Read("prometheus", "alerts.yml")),
            .. MetricQuery.Panels(Read("grafana", "dashboards", "groqkit.json")),
        ];

    [Fact]
    public async Task Every_metric_and_label_that_is_asked_for_exists()
    {
        string page = await PageAfterACallAsync();
        HashSet<string> declared = [.. Declaration().Matches(page).Select(match => match.Groups["name"].Value)];

        var missing = new List<string>();
        foreach (MetricQuery query in Queries)
        {
            string[] metrics = [.. query.Metrics];
            if (metrics.Length == 0 && query.Expression != """up{job="groqkit"} == 0""")
                missing.Add($"{query.Place}: asks for nothing");
            missing.AddRange(metrics.Where(name => !declared.Contains(name)).Select(name => $"{query.Place}: {name}"));
            HashSet<string> labels = [.. metrics.SelectMany(name => LabelsOf(page, name))];
            missing.AddRange(query.Labels.Where(label => !labels.Contains(label)).Select(l => $"{query.Place}: {l}"));
        }

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_alert_has_its_chapter_in_the_runbook_and_every_chapter_its_alert()
    {
        string runbook = File.ReadAllText(Repository.At("docs", "runbook.md"));
        string[] chapters = [.. Chapter().Matches(runbook).Select(match => match.Groups["name"].Value)];

        chapters.ShouldBe(
            MetricQuery.Alerts(Read("prometheus", "alerts.yml")).Select(alert => alert.Place),
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Prometheus_accepts_the_rules()
    {
        const string Promtool = "/usr/bin/promtool";
        Assert.SkipUnless(File.Exists(Promtool), "promtool is not installed (Debian: prometheus).");

        using Process check = Process.Start(
            new ProcessStartInfo(Promtool, ["check", "rules", Repository.At("deploy", "prometheus", "alerts.yml")])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        string said = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        check.ExitCode.ShouldBe(0, said);
    }

    private async Task<string> PageAfterACallAsync()
    {
        using var client = new HttpClient { BaseAddress = gateway.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewayFixture.Key);
        using var body = new StringContent(Chat, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(
            "/v1/chat/completions",
            body,
            TestContext.Current.CancellationToken
        );
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("[DONE]");
        // A call is counted before its last byte goes out, so there is nothing to wait for.
        return await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> LabelsOf(string page, string metric) =>
        Rare.TryGetValue(metric, out string[]? labels)
            ? labels
            : page.Split('\n')
                .Where(line =>
                    line.StartsWith($"{metric}{{", StringComparison.Ordinal)
                    || line.StartsWith($"{metric}_bucket{{", StringComparison.Ordinal)
                )
                .SelectMany(line => Label().Matches(line))
                .Select(label => label.Groups["name"].Value);

    private static string Read(params string[] parts) => File.ReadAllText(Repository.At(["deploy", .. parts]));

    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.ExplicitCapture;

    [GeneratedRegex("^# TYPE (?<name>[a-z0-9_]+) ", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Declaration();

    [GeneratedRegex("(?<name>[a-z_]+)=\"", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Label();

    [GeneratedRegex("^### (?<name>GroqKit[A-Za-z]+)$", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Chapter();
}
