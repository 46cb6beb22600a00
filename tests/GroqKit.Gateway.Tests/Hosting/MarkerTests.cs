using System.Text;
using GroqKit.Gateway.Tests.Infrastructure.Telemetry;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Hosting;

/// <summary>
/// A process of its own, marked keys and a marked person through its paths and through its errors; then everything that it wrote, told, traced or sent
/// is searched for them.
/// </summary>
[Requirement("GW-15", "GW-16", "GW-17")]
public sealed class MarkerTests : IDisposable
{
    internal const string Admin = "marker-admin-key-8f1c2d3e4a5b";
    internal const string ProviderKey = "gsk_MarkerOfProvider8f1c2d3e4a5b";
    internal const string OtherKey = "sk-MarkerOfOther8f1c2d3e4a5b6c7d8e9f";
    internal const string Master = "TWFya2VyT2ZNYXN0ZXI4ZjFjMmQzZTRhNWIhISEhISE=";
    internal const string Person = "marker.person@example.org";
    internal const string Phone = "+49 151 87654321";
    internal const string EndUser = "marker-end-user-4711";

    private static readonly string[] Routes =
    [
        "POST /v1/chat/completions",
        "POST /v1/responses",
        "POST /v1/completions",
        "POST /v1/embeddings",
        "POST /v1/audio/speech",
        "POST /v1/audio/transcriptions",
        "POST /v1/files",
        "POST /v1/batches",
        "POST /v1/agents/{agent}/voice",
        "GET /v1/realtime",
        "POST /api/providers",
    ];

    private readonly TempDirectory _data = new();

    [Fact]
    public async Task Marked_keys_and_persons_are_only_where_they_belong()
    {
        await using OtlpReceiver collector = await OtlpReceiver.StartAsync();
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(MarkerWalk.ProvideAsync);
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        string told;
        string output;
        await using (GatewayProcess gateway = Start(provider, collector))
        {
            using var walk = new MarkerWalk(await gateway.ListeningAsync(), provider, receiver);
            await walk.RunAsync();
            told = walk.Told;
            gateway.Terminate();
            (int code, output) = await gateway.ExitAsync();
            code.ShouldBe(0, output);
        }

        string[] keys = [Admin, ProviderKey, OtherKey, Master];
        string[] persons = [Person, "marker.person", Phone, "87654321"];
        Missing(output, [.. keys, .. persons, EndUser], "the log");
        Missing(told, [.. keys, .. persons], "what the admin API, metrics and errors say");
        foreach (string route in Routes)
            await collector.SpanAsync(span => span.Name == route);
        await collector.MetricAsync("groq_requests_total");
        foreach (string marker in (string[])[.. keys, .. persons, EndUser])
            collector.Tells(marker).ShouldBeFalse($"{marker} is in a trace or an exported metric");
        foreach (RecordedRequest request in receiver.Requests)
            Missing(Everything(request), [.. keys, .. persons], "a webhook");
        provider.Requests.Count.ShouldBeGreaterThan(30);
        RecordedRequest[] spoken =
        [
            .. provider.Requests.Where(request => request.Target.EndsWith("/speech", StringComparison.Ordinal)),
        ];
        spoken.Length.ShouldBeGreaterThan(3);
        spoken.ShouldAllBe(request => !request.Text.Contains("_1", StringComparison.Ordinal));
        spoken.ShouldContain(request => request.Text.Contains("an e-mail address", StringComparison.Ordinal));
        foreach (RecordedRequest request in provider.Requests)
        {
            Missing(request.Text, [.. keys, .. persons], $"a provider's request to {request.Target}");
            Missing(request.Target, [.. keys, .. persons], "a provider's address");
            bool isOther = request.Target.StartsWith("/other/", StringComparison.Ordinal);
            request.Headers["Authorization"].ShouldBe("Bearer " + (isOther ? OtherKey : ProviderKey));
        }
        string[] files = Directory.GetFiles(_data.FullPath, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => file.EndsWith("groqkit.db", StringComparison.Ordinal));
        foreach (string file in files)
            Missing(
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)),
                [.. keys, .. persons, EndUser],
                file
            );
    }

    public void Dispose() => _data.Dispose();

    private GatewayProcess Start(LoopbackServer provider, OtlpReceiver collector) =>
        GatewayProcess.Start(
            _data.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQ_API_KEY", ProviderKey),
            ("GROQ_BASE_URL", provider.Address.AbsoluteUri),
            ("GROQKIT_ADMIN_KEY", Admin),
            ("GROQKIT_MASTER_KEY", Master),
            ("GroqKit__Privacy__Default", "mask"),
            ("Logging__LogLevel__Default", "Debug"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "100")
        );

    private static string Everything(RecordedRequest request) =>
        request.Target + string.Concat(request.Headers.Select(header => header.Key + header.Value)) + request.Text;

    private static void Missing(string text, IEnumerable<string> markers, string where)
    {
        foreach (string marker in markers)
            text.Contains(marker, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{marker} is in {where}");
    }
}
