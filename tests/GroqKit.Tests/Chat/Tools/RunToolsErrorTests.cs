using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

/// <summary>What becomes of a run in which something goes wrong.</summary>
[Requirement("CL-11")]
public sealed class RunToolsErrorTests
{
    private static readonly Tool Square = Tool.From((int number) => number * number, "square", "Squares a number");
    private static readonly ChatRequest Question = Requests.Hello;

    [Fact]
    public async Task What_goes_wrong_in_a_call_is_told_to_the_model()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            Answers.Calls(
                ("a", "fail", "{}"),
                ("b", "nowhere", "{}"),
                ("c", "square", """{\"number\":"""),
                ("d", "square", """{\"number\":\"x\"}"""),
                ("e", "cancel", "{}")
            )
        );
        server.Next(200, Answers.Text("sorry"));
        using GroqClient client = Clients.For(server);
        Tool fail = Tool.From(
            () =>
            {
                throw new InvalidOperationException($"first line\nsecond {new string('x', 500)}");
            },
            "fail"
        );
        Tool cancel = Tool.From(() => Throw(new OperationCanceledException("its own timeout")), "cancel");

        ToolRun run = await client.Chat.RunToolsAsync(Question, [Square, fail, cancel]);

        IReadOnlyList<ToolResult> results = run.Steps[0].Results;
        results
            .Select(result => result.Status)
            .ShouldBe([
                ToolResultStatus.Failed,
                ToolResultStatus.UnknownTool,
                ToolResultStatus.BadArguments,
                ToolResultStatus.BadArguments,
                ToolResultStatus.Failed,
            ]);
        results[0].Content.ShouldStartWith("Error: first line second xxx");
        results[0].Content.Length.ShouldBeLessThan(320);
        results[0].Content.ShouldNotContain("   at ");
        results[0].Error.ShouldBeOfType<InvalidOperationException>();
        results[1].Content.ShouldBe("Error: there is no tool \"nowhere\". There are: square, fail, cancel.");
        results[2].Content.ShouldStartWith("Error: The arguments are not valid JSON");
        results[3].Content.ShouldStartWith("Error: number: ");
        results[4].Content.ShouldBe("Error: its own timeout");
        run.Messages.Where(message => message.Role == ChatRole.Tool)
            .Select(message => message.Content!.Value.Text)
            .ShouldBe(results.Select(result => result.Content));
    }

    [Fact]
    public async Task The_caller_may_choose_what_the_model_is_told_of_errors()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "fail", "{}"), ("b", "square", "[]")));
        server.Next(200, Answers.Text("sorry"));
        using GroqClient client = Clients.For(server);
        Tool fail = Tool.From(() => Throw(new InvalidOperationException("secret")), "fail");
        var options = new ToolRunOptions { DescribeError = (call, error) => $"{call.Id}: {error.GetType().Name}" };

        ToolRun run = await client.Chat.RunToolsAsync(Question, [fail, Square], options);

        run.Steps[0]
            .Results.Select(result => result.Content)
            .ShouldBe(["a: InvalidOperationException", "b: ToolArgumentsException"]);
    }

    [Fact]
    public async Task An_error_that_the_caller_throws_again_ends_the_run()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "fail", "{}")));
        using GroqClient client = Clients.For(server);
        Tool fail = Tool.From(() => Throw(new InvalidOperationException("fatal")), "fail");
        var options = new ToolRunOptions { DescribeError = (_, error) => throw error };

        var thrown = await Should.ThrowAsync<InvalidOperationException>(() =>
            client.Chat.RunToolsAsync(Question, [fail], options)
        );

        thrown.Message.ShouldBe("fatal");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_the_server_could_not_read_is_asked_for_once_more_in_its_turn()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "square", """{\"number\":3}""")));
        server.Next(400, Answers.Error("tool_use_failed", "<square>"));
        server.Next(200, Answers.Text("9"));
        using GroqClient client = Clients.For(server);

        ToolRun run = await client.Chat.RunToolsAsync(
            Question with
            {
                Temperature = 0.6,
            },
            [Square],
            callOptions: new CallOptions { Repair = RepairPolicy.Once }
        );

        run.Repairs.ShouldBe(1);
        run.Steps[0].Completion.Repairs.ShouldBeEmpty();
        run.Steps[1].Completion.Repairs.Single().FailedGeneration.ShouldBe("<square>");
        server.Requests[2].Body.ShouldContain("\"temperature\":0.3");
    }

    private static string Throw(Exception error) => throw error;
}
