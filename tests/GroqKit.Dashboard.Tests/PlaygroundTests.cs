using System.Text.RegularExpressions;
using GroqKit.Dashboard.Tests.Running;
using Microsoft.Playwright;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-02")]
public sealed partial class PlaygroundTests(Chromium chromium, DashboardStand stand)
{
    // One transparent dot.
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    [Fact]
    public async Task A_chat_streams_and_shows_the_call_in_three_ways()
    {
        await using Visitor visitor = await EnterAsync("/playground");
        await visitor.Page.GetByLabel("Model or agent").SelectOptionAsync("simulator/openai/gpt-oss-20b");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).Not.ToBeEmptyAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-facts]")).ToContainTextAsync("$");
        await visitor.Page.GetByText("The call: JSON, curl, C#").ClickAsync();
        ILocator code = visitor.Page.Locator(".code code");
        await Assertions.Expect(code.Nth(0)).ToContainTextAsync("\"stream\": true");
        await Assertions.Expect(code.Nth(1)).ToContainTextAsync("chat.completion.chunk");
        await Assertions.Expect(code.Nth(2)).ToContainTextAsync("/v1/chat/completions");
        await Assertions.Expect(code.Nth(3)).ToContainTextAsync("ChatRequest.For(\"simulator/openai/gpt-oss-20b\")");
        (await visitor.Page.ContentAsync()).ShouldNotContain(DashboardStand.AdminKey);
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tools_images_and_schemas_go_along_and_stand_in_the_code()
    {
        await using Visitor visitor = await EnterAsync("/playground?model=simulator/qwen/qwen3.8-27b");
        await visitor.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await visitor.Page.GetByLabel("Instructions").FillAsync("Be brief.");
        await visitor.Page.GetByLabel("Tools (JSON)").FillAsync("not JSON");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-trouble]")).ToContainTextAsync("Tools:");

        await visitor
            .Page.GetByLabel("Tools (JSON)")
            .FillAsync(
                """[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]"""
            );
        await visitor
            .Page.GetByLabel("Image")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "dot.png",
                    MimeType = "image/png",
                    Buffer = Convert.FromBase64String(Png),
                }
            );
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-facts]")).ToContainTextAsync("done");
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).Not.ToBeEmptyAsync();
        (await CodeAsync(visitor, "Request")).ShouldContain("data:image/png;base64");
        (await CodeAsync(visitor, "curl")).ShouldContain("\"name\":\"weather\"");
        string csharp = await CodeAsync(visitor, "C#");
        csharp.ShouldContain(".System(\"Be brief.\")");
        csharp.ShouldContain("ChatTool.ForFunction(\"weather\"");
        csharp.ShouldContain("ContentPart.FromImageFile(\"dot.png\")");

        await visitor.GoAsync("/playground?model=simulator/openai/gpt-oss-20b");
        await visitor.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await visitor
            .Page.GetByLabel("JSON schema of the answer")
            .FillAsync(
                """{"type":"object","properties":{"color":{"type":"string"}},"required":["color"],"additionalProperties":false}"""
            );
        await visitor.Page.GetByLabel("Streamed").UncheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).ToContainTextAsync("\"color\"");
        (await CodeAsync(visitor, "C#")).ShouldContain("ResponseFormat.ForSchema");
        (await CodeAsync(visitor, "C#")).ShouldContain("groq.Chat.CreateAsync");
    }

    [Fact]
    public async Task What_the_microphone_hears_is_transcribed()
    {
        await using Visitor visitor = await EnterAsync(
            "/playground?tab=transcribe&model=simulator/whisper-large-v3-turbo"
        );
        ILocator record = visitor.Page.Locator("[data-record]");
        await record.ClickAsync();
        await Assertions.Expect(record).ToHaveTextAsync(SomeSecondsRecorded());
        await record.ClickAsync();
        await Assertions.Expect(record).ToContainTextAsync("kB recorded");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Transcribe" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).Not.ToBeEmptyAsync();
        (await CodeAsync(visitor, "curl")).ShouldContain("-F 'file=@recording.wav'");
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_shown_in_the_gateways_words()
    {
        await using Visitor visitor = await EnterAsync("/playground?model=simulator/openai/gpt-oss-20b");
        await visitor.Page.GetByText("More", new() { Exact = true }).ClickAsync();
        await visitor.Page.GetByLabel("Tools (JSON)").FillAsync("""[{"type":"nonsense"}]""");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Assertions.Expect(visitor.Page.Locator("[data-trouble]")).ToContainTextAsync("tools");
    }

    [Fact]
    public async Task Text_is_spoken_and_a_recording_transcribed_with_subtitles()
    {
        await using Visitor visitor = await EnterAsync("/playground?tab=speak");
        await visitor.Page.GetByLabel("Model or agent").SelectOptionAsync("simulator/canopylabs/orpheus-v1-english");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Speak" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("audio")).ToBeVisibleAsync();
        IDownload speech = await visitor.Page.RunAndWaitForDownloadAsync(() =>
            visitor.Page.GetByText("Download speech.wav").ClickAsync()
        );
        string recording = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.wav");
        await speech.SaveAsAsync(recording);

        await visitor.GoAsync("/playground?tab=transcribe&model=simulator/whisper-large-v3-turbo");
        await visitor.Page.GetByLabel("Recording").SetInputFilesAsync(recording);
        await visitor.Page.GetByLabel("Subtitles").SelectOptionAsync("srt");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Transcribe" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).Not.ToBeEmptyAsync();
        await Assertions.Expect(visitor.Page.GetByText("Download subtitles.srt")).ToBeVisibleAsync();
        File.Delete(recording);
        visitor.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_turn_is_typed_or_said_and_its_timings_shown()
    {
        await stand.SendAsync(
            HttpMethod.Post,
            "/api/agents",
            """{"name":"talker","llm":{"provider":"simulator","model":"openai/gpt-oss-20b"},"stt":{"provider":"simulator","model":"whisper-large-v3-turbo"},"tts":{"provider":"simulator","model":"canopylabs/orpheus-v1-english","config":{"voice":"troy"}}}"""
        );
        await using Visitor visitor = await EnterAsync("/playground?tab=voice&model=talker");
        await visitor.Page.EvaluateAsync(
            """
            () => {
              const start = AudioBufferSourceNode.prototype.start;
              window.heard = 0;
              AudioBufferSourceNode.prototype.start = function (...when) { window.heard++; return start.apply(this, when); };
            }
            """
        );
        await visitor.Page.GetByLabel("Typed turn").FillAsync("Say hello.");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".said.user")).ToHaveTextAsync("Say hello.");
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).Not.ToBeEmptyAsync();
        await Assertions.Expect(visitor.Page.Locator("audio")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator(".fall", new() { HasText = "First sound" })).ToBeVisibleAsync();
        // It was heard piece by piece, while it came.
        (await visitor.Page.EvaluateAsync<int>("window.heard")).ShouldBeGreaterThan(1);

        ILocator hold = visitor.Page.Locator("[data-hold]");
        await hold.DispatchEventAsync("pointerdown");
        await Assertions.Expect(hold).ToHaveTextAsync(SomeSecondsHeard());
        int before = await visitor.Page.Locator(".said.assistant").CountAsync();
        await hold.DispatchEventAsync("pointerup");
        await Assertions.Expect(visitor.Page.Locator(".said.assistant")).ToHaveCountAsync(before + 1);
        await Assertions.Expect(visitor.Page.Locator(".said.user").Last).Not.ToBeEmptyAsync();
        await Assertions.Expect(visitor.Page.Locator(".fall", new() { HasText = "Heard" })).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("[data-facts]")).ToContainTextAsync("done");
        (await CodeAsync(visitor, "curl")).ShouldContain("--data-binary @turn.wav");
        (await CodeAsync(visitor, "C#")).ShouldContain("new ByteArrayContent(File.ReadAllBytes(\"turn.wav\"))");
        visitor.Problems.ShouldBeEmpty();
    }

    // Whoever looks late sees a later second.
    [GeneratedRegex(@"^Stop recording \([1-9][0-9]* s\)$", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex SomeSecondsRecorded();

    [GeneratedRegex("^Listening … [1-9][0-9]* s$", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex SomeSecondsHeard();

    private static async Task<string> CodeAsync(Visitor visitor, string title) =>
        await visitor.Page.GetByLabel(title, new() { Exact = true }).TextContentAsync() ?? "";

    private async Task<Visitor> EnterAsync(string path)
    {
        Visitor visitor = await Visitor.ComeAsync(chromium, stand.Address);
        await visitor.SignInAsync(DashboardStand.AdminKey);
        await visitor.GoAsync(path);
        return visitor;
    }
}
