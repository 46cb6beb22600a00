using System.Net.Http.Headers;
using System.Text;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Infrastructure.Telemetry;

[Requirement("GW-17")]
public sealed class TelemetryExportTests : IDisposable
{
    private const string AdminKey = "marker-admin-key-0123456789";
    private const string ProviderKey = "gsk_marker_of_the_provider_0123456789";
    private const string Prompt = "marker prompt nobody may see";

    private static readonly string Body =
        $$$"""{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"{{{Prompt}}}"}]}""";

    private readonly TempDirectory _folder = new();

    [Fact]
    public async Task A_call_is_a_span_with_the_conventions_names_and_its_metrics_are_exported()
    {
        await using OtlpReceiver collector = await OtlpReceiver.StartAsync();
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("marker-answer"), Chunks.Stop, Chunks.Done)
        );
        await using GatewayProcess gateway = Start(provider, collector.Address);
        Uri address = await gateway.ListeningAsync();

        string id = await ChatAsync(address);

        OtlpSpan span = await collector.SpanAsync(span =>
            span.Attributes.TryGetValue("groqkit.request.id", out object? of) && id.Equals(of)
        );
        span.Name.ShouldBe("POST /v1/chat/completions");
        span.Kind.ShouldBe(2);
        span.ParentId.ShouldBe("B7AD6B7169203331");
        Dictionary<string, object> expected = new()
        {
            ["gen_ai.operation.name"] = "chat",
            ["gen_ai.provider.name"] = "groq",
            ["gen_ai.request.model"] = "openai/gpt-oss-120b",
            ["gen_ai.request.stream"] = true,
            ["gen_ai.response.finish_reasons"] = "stop",
            ["gen_ai.usage.input_tokens"] = 70L,
            ["gen_ai.usage.output_tokens"] = 9L,
            ["gen_ai.conversation.id"] = "talk-1",
            ["groqkit.outcome"] = "completed",
            ["groqkit.tenant"] = "default",
            ["http.route"] = "/v1/chat/completions",
            ["http.response.status_code"] = 200L,
        };
        foreach ((string name, object value) in expected)
            span.Attributes[name].ShouldBe(value, name);
        span.Attributes["groqkit.cost"].ShouldBeOfType<double>().ShouldBeGreaterThan(0);
        span.Attributes["groqkit.key.name"].ShouldBeOfType<string>().ShouldNotBeEmpty();
        span.Attributes.Keys.ShouldContain("gen_ai.response.time_to_first_chunk");
        span.Attributes.Keys.ShouldContain("groqkit.overhead");
        await collector.SpanAsync(span => span is { Name: "POST", Kind: 3 });
        foreach (
            string name in (string[])
                [
                    "groq_requests_total",
                    "groqkit.gateway.overhead.duration",
                    "gen_ai.server.request.duration",
                    "gen_ai.server.time_to_first_token",
                    "dotnet.process.memory.working_set",
                ]
        )
            await collector.MetricAsync(name);
        foreach (string secret in (string[])[AdminKey, ProviderKey, Prompt, "marker-answer"])
            collector.Tells(secret).ShouldBeFalse(secret);
        provider.Requests[0].Headers.Keys.ShouldNotContain("traceparent");
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_no_call()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("Hi"), Chunks.Stop, Chunks.Done)
        );
        await using GatewayProcess gateway = Start(provider, new Uri("http://127.0.0.1:9/"));
        Uri address = await gateway.ListeningAsync();

        for (int i = 0; i < 3; i++)
            (await ChatAsync(address)).ShouldStartWith("req_");

        gateway.Terminate();
        (int code, string output) = await gateway.ExitAsync();
        code.ShouldBe(0, output);
    }

    [Fact]
    public async Task Settings_that_the_exporter_would_stumble_over_are_listed_at_start()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess gateway = GatewayProcess.Start(
            _folder.FullPath,
            ("GROQ_API_KEY", ProviderKey),
            ("GROQ_BASE_URL", provider.Address.ToString()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier pigeon"),
            ("OTEL_TRACES_EXPORTER", "zipkin")
        );

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.ShouldContain("OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' is not an http or https address");
        output.ShouldContain("OTEL_EXPORTER_OTLP_PROTOCOL: 'carrier pigeon' must be one of grpc, http/protobuf");
        output.ShouldContain("OTEL_TRACES_EXPORTER: 'zipkin' must be otlp or none");
    }

    public void Dispose() => _folder.Dispose();

    private GatewayProcess Start(LoopbackServer provider, Uri collector) =>
        GatewayProcess.Start(
            _folder.FullPath,
            ("GROQ_API_KEY", ProviderKey),
            ("GROQ_BASE_URL", provider.Address.ToString()),
            ("GROQKIT_ADMIN_KEY", AdminKey),
            ("GroqKit__Shutdown__Announce", "0s"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.ToString()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "50"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "100")
        );

    private static async Task<string> ChatAsync(Uri address)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/v1/chat/completions"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("x-groqkit-conversation", "talk-1");
        request.Content = new StringContent(Body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.TextAsync();
        return answer.Header("x-request-id").ShouldNotBeNull();
    }
}
