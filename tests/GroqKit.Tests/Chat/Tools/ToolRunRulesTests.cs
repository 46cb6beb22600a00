using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-22")]
public sealed class ToolRunRulesTests
{
    private static readonly Tool One = Tool.From(() => 1, "one");

    private static readonly Dictionary<string, Func<ChatClient, Task>> Broken = new()
    {
        ["tools: none"] = chat => chat.RunToolsAsync(Requests.Hello, []),
        ["tools[1]"] = chat => chat.RunToolsAsync(Requests.Hello, [One, null!]),
        ["tools[1]: twice"] = chat => chat.RunToolsAsync(Requests.Hello, [One, One]),
        ["tools[0]: offered"] = chat =>
            chat.RunToolsAsync(Requests.Hello with { Tools = [ChatTool.ForFunction("one")] }, [One]),
        ["tools"] = chat =>
            chat.RunToolsAsync(Requests.Hello, [.. Enumerable.Range(0, 129).Select(i => Tool.From(() => i, $"f{i}"))]),
        ["response_format"] = chat =>
            chat.RunToolsAsync(Requests.Hello with { ResponseFormat = ResponseFormat.JsonObject }, [One]),
        ["messages"] = chat => chat.RunToolsAsync(Requests.Hello with { Messages = [] }, [One]),
        ["model"] = chat => chat.RunToolsAsync(Requests.Hello with { Model = "" }, [One]),
        ["MaxSteps"] = chat => chat.RunToolsAsync(Requests.Hello, [One], new ToolRunOptions { MaxSteps = 0 }),
        ["MaxSteps: many"] = chat => chat.RunToolsAsync(Requests.Hello, [One], new ToolRunOptions { MaxSteps = 1001 }),
        ["MaxConcurrency"] = chat =>
            chat.RunToolsAsync(Requests.Hello, [One], new ToolRunOptions { MaxConcurrency = 0 }),
        ["MaxIdenticalCalls"] = chat =>
            chat.RunToolsAsync(Requests.Hello, [One], new ToolRunOptions { MaxIdenticalCalls = 0 }),
        ["tools: none, streamed"] = chat => chat.StreamToolsAsync(Requests.Hello, []).CollectAsync(),
        ["model: streamed"] = chat => chat.StreamToolsAsync(Requests.Hello with { Model = "" }, [One]).CollectAsync(),
    };

    public static TheoryData<string> Names() => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_run_that_cannot_succeed_names_its_parameter_and_sends_nothing(string name)
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        var error = await Should.ThrowAsync<GroqValidationException>(async () => await Broken[name](client.Chat));

        error.Parameter.ShouldBe(name.Split(": ")[0]);
        error.Status.ShouldBeNull();
        handler.Calls.ShouldBe(0);
    }
}
