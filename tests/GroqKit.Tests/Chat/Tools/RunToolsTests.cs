using GroqKit.Chat;
using GroqKit.TestKit.Contract;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11")]
public sealed class RunToolsTests
{
    private static readonly Tool Square = Tool.From((int number) => number * number, "square", "Squares a number");
    private static readonly ChatRequest Question = Requests.Hello;

    [Fact]
    public async Task Tools_are_run_until_the_model_answers_and_every_body_is_as_written_here()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            Answers.Calls(("call_a", "square", """{\"number\":3}"""), ("call_b", "square", """{\"number\":4}"""))
        );
        server.Next(200, Answers.Calls(("call_c", "square", """{\"number\":5}""")));
        server.Next(200, Answers.Text("9, 16 and 25"));
        using GroqClient client = Clients.For(server);

        ToolRun run = await client.Chat.RunToolsAsync(Question with { ToolChoice = ToolChoice.Required }, [Square]);

        run.Ending.ShouldBe(ToolRunEnding.Answered);
        run.Text.ShouldBe("9, 16 and 25");
        run.Pending.ShouldBeEmpty();
        run.Repairs.ShouldBe(0);
        run.Steps.Select(step => (step.Number, step.Results.Count)).ShouldBe([(1, 2), (2, 1), (3, 0)]);
        run.Steps[0]
            .Results.Select(result => (result.Call.Id, result.Content, result.Status))
            .ShouldBe([("call_a", "9", ToolResultStatus.Succeeded), ("call_b", "16", ToolResultStatus.Succeeded)]);
        run.Messages.Count.ShouldBe(1 + 3 + 2 + 1);
        const string Tools = """
            "tools":[{"type":"function","function":{"name":"square","description":"Squares a number",
            "parameters":{"type":"object","properties":{"number":{"type":"integer"}},"required":["number"]}}}]
            """;
        const string First = """
            {"role":"user","content":"hello"}
            """;
        const string Second =
            First
            + """
                ,{"role":"assistant","tool_calls":[{"id":"call_a","type":"function","function":{"name":"square","arguments":"{\"number\":3}"}},
                {"id":"call_b","type":"function","function":{"name":"square","arguments":"{\"number\":4}"}}]},
                {"role":"tool","content":"9","tool_call_id":"call_a"},{"role":"tool","content":"16","tool_call_id":"call_b"}
                """;
        const string Third =
            Second
            + """
                ,{"role":"assistant","tool_calls":[{"id":"call_c","type":"function","function":{"name":"square","arguments":"{\"number\":5}"}}]},
                {"role":"tool","content":"25","tool_call_id":"call_c"}
                """;
        server
            .Requests.Select(request => request.Body)
            .ShouldBe([Body(First, ",\"tool_choice\":\"required\""), Body(Second, ""), Body(Third, "")]);
        foreach (StubRequest request in server.Requests)
            GroqContract.ValidateRequest(request.Method, request.Target, request.Body).ShouldBeEmpty();

        static string Body(string messages, string choice) =>
            JsonText.Flat($$"""{"model":"openai/gpt-oss-20b","messages":[{{messages}}],{{Tools}}{{choice}}}""");
    }

    [Fact]
    public async Task Usage_is_summed_over_all_turns()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "square", """{\"number\":3}""")));
        server.Next(200, Answers.Text("9"));
        using GroqClient client = Clients.For(server);

        ToolRun run = await client.Chat.RunToolsAsync(Question, [Square]);

        ChatUsage usage = run.Usage.ShouldNotBeNull();
        usage.PromptTokens.ShouldBe(40);
        usage.CompletionTokens.ShouldBe(20);
        usage.TotalTokens.ShouldBe(60);
        usage.CachedTokens.ShouldBe(8);
        usage.ReasoningTokens.ShouldBe(6);
        usage.QueueTime.ShouldBe(1);
        usage.TotalTime.ShouldBe(1.5);
        run.Steps[0].Completion.Usage!.TotalTokens.ShouldBe(30);
    }

    [Fact]
    public async Task Calls_of_one_turn_run_together_up_to_the_bound_and_keep_their_order()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            Answers.Calls([.. Enumerable.Range(0, 6).Select(i => ($"id{i}", "wait", $$"""{\"i\":{{i}}}"""))])
        );
        server.Next(200, Answers.Text("done"));
        using GroqClient client = Clients.For(server);
        int running = 0;
        int most = 0;
        var twoAreIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Tool wait = Tool.From(
            async (int i) =>
            {
                int now = Interlocked.Increment(ref running);
                lock (twoAreIn)
                    most = Math.Max(most, now);
                if (now == 2)
                    twoAreIn.TrySetResult();
                await twoAreIn.Task.WaitAsync(TimeSpan.FromSeconds(30));
                Interlocked.Decrement(ref running);
                return i;
            },
            "wait"
        );

        ToolRun run = await client.Chat.RunToolsAsync(Question, [wait], new ToolRunOptions { MaxConcurrency = 2 });

        most.ShouldBe(2);
        run.Steps[0].Results.Select(result => result.Content).ShouldBe(["0", "1", "2", "3", "4", "5"]);
        run.Steps[0].Results.Select(result => result.Call.Id).ShouldBe(["id0", "id1", "id2", "id3", "id4", "id5"]);
    }

    [Fact]
    public async Task Code_that_never_awaits_does_not_hold_up_the_other_calls()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "meet", """{\"i\":1}"""), ("b", "meet", """{\"i\":2}""")));
        server.Next(200, Answers.Text("done"));
        using GroqClient client = Clients.For(server);
        using var both = new Barrier(2);
        Tool meet = Tool.From((int i) => both.SignalAndWait(TimeSpan.FromSeconds(30)) ? i : -1, "meet");

        ToolRun run = await client.Chat.RunToolsAsync(Question, [meet]);

        run.Steps[0].Results.Select(result => result.Content).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task The_step_limit_ends_the_run_without_running_the_last_calls()
    {
        await using StubServer server = await StubServer.StartAsync();
        for (int i = 0; i < 10; i++)
            server.Next(200, Answers.Calls(($"id{i}", "square", $$"""{\"number\":{{i}}}""")));
        using GroqClient client = Clients.For(server);

        ToolRun run = await client.Chat.RunToolsAsync(Question, [Square]);

        run.Ending.ShouldBe(ToolRunEnding.StepLimit);
        run.Steps.Count.ShouldBe(10);
        run.Steps[^1].Results.ShouldBeEmpty();
        run.Pending.ShouldHaveSingleItem().Id.ShouldBe("id9");
        run.Text.ShouldBeNull();
        run.Messages.Count.ShouldBe(1 + 9 * 2);
        run.Messages[^1].Role.ShouldBe(ChatRole.Tool);
        server.Requests.Count.ShouldBe(10);
    }

    [Fact]
    public async Task The_same_call_in_too_many_turns_ends_the_run_whatever_the_order_of_its_arguments()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "add", """{\"x\":1,\"y\":[1,{\"p\":1,\"q\":2}]}""")));
        server.Next(200, Answers.Calls(("b", "add", """{\"x\":2,\"y\":[]}""")));
        server.Next(200, Answers.Calls(("c", "add", """{ \"y\":[1,{\"q\":2,\"p\":1}],\"x\":1}""")));
        server.Next(
            200,
            Answers.Calls(
                ("d", "add", """{\"x\":3,\"y\":[]}"""),
                ("e", "add", """{\"y\":[1,{\"p\":1,\"q\":2}],\"x\":1}""")
            )
        );
        using GroqClient client = Clients.For(server);
        int made = 0;
        Tool add = Tool.From((int x, object y) => Interlocked.Increment(ref made), "add");

        ToolRun run = await client.Chat.RunToolsAsync(Question, [add], new ToolRunOptions { MaxIdenticalCalls = 2 });

        run.Ending.ShouldBe(ToolRunEnding.RepeatedCalls);
        run.Steps.Count.ShouldBe(4);
        run.Pending.Select(call => call.Id).ShouldBe(["d", "e"]);
        made.ShouldBe(3);
    }

    [Fact]
    public async Task The_same_call_twice_in_one_turn_counts_once()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "square", """{\"number\":1}"""), ("b", "square", """{\"number\":1}""")));
        server.Next(200, Answers.Text("1"));
        using GroqClient client = Clients.For(server);

        ToolRun run = await client.Chat.RunToolsAsync(Question, [Square], new ToolRunOptions { MaxIdenticalCalls = 1 });

        run.Ending.ShouldBe(ToolRunEnding.Answered);
        run.Steps[0].Results.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_finish_reason_that_claims_calls_without_naming_any_is_an_answer()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Text("found by a remote tool", "tool_calls"));
        using GroqClient client = Clients.For(server);

        ToolRun run = await client.Chat.RunToolsAsync(Question, [Square]);

        run.Ending.ShouldBe(ToolRunEnding.Answered);
        run.Text.ShouldBe("found by a remote tool");
    }

    [Fact]
    public async Task Calls_are_run_whatever_the_finish_reason_says()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            Answers
                .Calls(("a", "square", """{\"number\":3}"""))
                .Replace("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"stop\"", StringComparison.Ordinal)
        );
        server.Next(200, Answers.Text("9"));
        using GroqClient client = Clients.For(server);

        ToolRun run = await client.Chat.RunToolsAsync(Question, [Square]);

        run.Steps[0].Completion.FinishReason.ShouldBe(FinishReason.Stop);
        run.Steps[0].Results.Single().Content.ShouldBe("9");
    }

    [Fact]
    public async Task A_tool_of_the_caller_hands_the_turn_back()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "square", """{\"number\":3}"""), ("b", "approve", "{}")));
        using GroqClient client = Clients.For(server);
        ChatRequest request = Question with { Tools = [ChatTool.ForFunction("approve"), ChatTool.BrowserSearch] };

        ToolRun run = await client.Chat.RunToolsAsync(request, [Square]);

        run.Ending.ShouldBe(ToolRunEnding.CallerTool);
        run.Pending.Select(call => call.Function.Name).ShouldBe(["square", "approve"]);
        run.Messages.Count.ShouldBe(1);
        run.Completion.Message!.ToolCalls!.Count.ShouldBe(2);
        server.Requests[0].Body.ShouldContain("""{"type":"browser_search"}""");
    }

    [Fact]
    public async Task A_call_without_an_id_gets_one()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("", "square", """{\"number\":3}""")));
        server.Next(200, Answers.Text("9"));
        using GroqClient client = Clients.For(server);

        await client.Chat.RunToolsAsync(Question, [Square]);

        server.Requests[1].Body.ShouldContain("\"tool_call_id\":\"call_1_0\"");
        server.Requests[1].Body.ShouldContain("\"id\":\"call_1_0\"");
    }

    [Fact]
    public async Task Thinking_is_shown_again_only_when_asked_for()
    {
        foreach (bool asked in new[] { false, true })
        {
            await using StubServer server = await StubServer.StartAsync();
            server.Next(
                200,
                Answers.Message(
                    $$"""{"role":"assistant","reasoning":"hm","tool_calls":[{{Answers.Call(("a", "square", """{\"number\":3}"""))}}] }""",
                    "tool_calls"
                )
            );
            server.Next(200, Answers.Text("9"));
            using GroqClient client = Clients.For(server);

            await client.Chat.RunToolsAsync(Question, [Square], new ToolRunOptions { IncludeReasoning = asked });

            server.Requests[1].Body.Contains("\"reasoning\":\"hm\"", StringComparison.Ordinal).ShouldBe(asked);
        }
    }

    [Fact]
    public async Task Each_turn_is_told_of_even_when_a_later_one_fails()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "square", """{\"number\":3}""")));
        server.Next(500, "{}");
        using GroqClient client = Clients.For(server);
        var told = new List<ToolStep>();
        var options = new ToolRunOptions
        {
            OnStep = (step, _) =>
            {
                told.Add(step);
                return ValueTask.CompletedTask;
            },
        };

        await Should.ThrowAsync<GroqServerException>(() => client.Chat.RunToolsAsync(Question, [Square], options));

        told.ShouldHaveSingleItem().Results.Single().Content.ShouldBe("9");
    }

    [Fact]
    public async Task Cancelling_the_run_stops_its_tools()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "wait", "{}"), ("b", "wait", "{}")));
        using GroqClient client = Clients.For(server);
        using var source = new CancellationTokenSource();
        int stopped = 0;
        using var started = new CountdownEvent(2);
        Tool wait = Tool.From(
            async (CancellationToken token) =>
            {
                started.Signal();
                try
                {
                    await Forever.WaitAsync(token);
                }
                finally
                {
                    Interlocked.Increment(ref stopped);
                }
            },
            "wait"
        );

        Task<ToolRun> run = client.Chat.RunToolsAsync(Question, [wait], cancellationToken: source.Token);
        started.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => run);
        stopped.ShouldBe(2);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_time_that_a_tool_took_is_measured()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("a", "sleep", "{}")));
        server.Next(200, Answers.Text("awake"));
        var time = new ManualTimeProvider();
        using GroqClient client = Clients.For(server, options => options.TimeProvider = time);
        Tool sleep = Tool.From(() => time.Advance(TimeSpan.FromSeconds(2)), "sleep");

        ToolRun run = await client.Chat.RunToolsAsync(Question, [sleep]);

        run.Steps[0].Results.Single().Elapsed.ShouldBe(TimeSpan.FromSeconds(2));
    }
}
