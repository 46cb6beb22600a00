using System.Diagnostics;
using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Telemetry;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Telemetry;

[Collection(nameof(AloneCollection))]
[Requirement("CL-23", "CL-24")]
public sealed class PrivacyTests : IDisposable
{
    private const string Prompt = "marker-prompt";
    private const string Answer = "marker-answer";

    private readonly TelemetryRecorder _heard = new();

    private static ChatRequest Asked { get; } =
        Requests.Hello with
        {
            Messages = [ChatMessage.System($"{Prompt}-system"), Prompt],
            User = "marker-user",
            Tools = [ChatTool.ForFunction("marker-tool")],
        };

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task No_key_no_prompt_and_no_answer_is_told_by_default()
    {
        await using StubServer server = await StubServer.StartAsync();
        string error =
            $$"""{"error":{"message":"Key {{Clients.Key}} may not ask {{Prompt}}","type":"{{Answer}}","code":"{{Answer}}","failed_generation":"{{Answer}}"} }""";
        server.Next(200, Answers.Text(Answer));
        server.Next(401, error);
        server.Next(500, error);
        server.NextStream(Streams.Minimal.Replace("Hi", Answer, StringComparison.Ordinal));
        server.NextStream($"event: error\ndata: {error}\n\n");
        using GroqClient client = Clients.For(server);

        await client.Chat.CreateAsync(Asked);
        await Should.ThrowAsync<GroqException>(() => client.Chat.CreateAsync(Asked));
        await Should.ThrowAsync<GroqException>(() => client.Chat.CreateAsync(Asked));
        await using (ChatStream stream = await client.Chat.StreamAsync(Asked))
            await stream.CollectAsync();
        await using (ChatStream stream = await client.Chat.StreamAsync(Asked))
            await Should.ThrowAsync<GroqException>(() => stream.CollectAsync());

        _heard.Spans.Count.ShouldBe(5);
        foreach (Activity span in _heard.Spans.Concat(_heard.HttpSpans))
        {
            ShouldTellNothing(span.DisplayName);
            ShouldTellNothing(span.StatusDescription ?? "");
            span.Events.ShouldBeEmpty();
            span.Baggage.ShouldBeEmpty();
            foreach (var (name, value) in span.TagObjects)
                ShouldTellNothing($"{name}={(value is string[] many ? string.Join(',', many) : value)}");
        }
        foreach (Measurement measurement in _heard.Measurements)
            ShouldTellNothing(string.Join(',', measurement.Tags));
    }

    [Fact]
    public async Task Contents_that_are_asked_for_have_the_conventions_form_and_are_cut()
    {
        var handler = new ScriptedHandler().Next(200, Answers.Text(Answer));
        using GroqClient client = Clients.For(handler, options => options.Telemetry.CaptureContent = true);

        await client.Chat.CreateAsync(Asked with { Messages = [.. Asked.Messages, new string('x', 10_000)] });

        using JsonDocument input = Json(GenAiNames.InputMessages);
        input.RootElement.GetArrayLength().ShouldBe(3);
        JsonElement first = input.RootElement[0];
        first.GetProperty("role").GetString().ShouldBe("system");
        first.GetProperty("parts")[0].GetProperty("type").GetString().ShouldBe("text");
        first.GetProperty("parts")[0].GetProperty("content").GetString().ShouldBe($"{Prompt}-system");
        string cut = input.RootElement[2].GetProperty("parts")[0].GetProperty("content").GetString()!;
        cut.Length.ShouldBeLessThan(8300);
        cut.ShouldContain("10000");
        using JsonDocument output = Json(GenAiNames.OutputMessages);
        output.RootElement[0].GetProperty("finish_reason").GetString().ShouldBe("stop");
        output.RootElement[0].GetProperty("parts")[0].GetProperty("content").GetString().ShouldBe(Answer);
        using JsonDocument tools = Json(GenAiNames.ToolDefinitions);
        tools.RootElement[0].GetProperty("name").GetString().ShouldBe("marker-tool");
        foreach (Measurement measurement in _heard.Measurements)
            ShouldTellNothing(string.Join(',', measurement.Tags));
    }

    [Theory]
    [InlineData(null, "true", true)]
    [InlineData(null, "TRUE", true)]
    [InlineData(null, "1", false)]
    [InlineData(null, null, false)]
    [InlineData(false, "true", false)]
    [InlineData(true, null, true)]
    public void The_platforms_switch_for_contents_counts_where_the_option_is_not_set(
        bool? option,
        string? variable,
        bool expected
    ) =>
        new TelemetryOptions { CaptureContent = option }
            .FindCaptureContent(name => name == "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT" ? variable : null)
            .ShouldBe(expected);

    [Theory]
    [InlineData(null, TelemetryConvention.V141)]
    [InlineData("http", TelemetryConvention.V141)]
    [InlineData("http, gen_ai_latest_experimental", TelemetryConvention.Next)]
    public void The_environments_choice_of_names_is_followed(string? variable, TelemetryConvention expected) =>
        new TelemetryOptions()
            .FindConvention(name => name == "OTEL_SEMCONV_STABILITY_OPT_IN" ? variable : null)
            .ShouldBe(expected);

    private JsonDocument Json(string tag) => JsonDocument.Parse((string)_heard.Span.GetTagItem(tag)!);

    private static void ShouldTellNothing(string text)
    {
        text.ShouldNotContain("marker");
        text.ShouldNotContain("Bearer");
    }
}
