using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-13")]
public sealed class ToolRunStreamTests
{
    private static readonly Tool Square = Tool.From((int number) => number * number, "square");
    private static readonly CallOptions Repaired = new() { Repair = RepairPolicy.Once };

    private static readonly string CallsSquare =
        Streams.Event(Streams.Chunk("""{"role":"assistant","content":"Let me see. "}"""))
        + Streams.Event(
            Streams.Chunk(
                """{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"square","arguments":"{\"num"}}]}"""
            )
        )
        + Streams.Event(Streams.Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"ber\":3}"}}]}"""))
        + Streams.Event(Streams.Chunk("{}", "\"tool_calls\"", $$""","usage":{{Streams.Usage(80)}}"""))
        + Streams.Done;

    private static readonly string Says9 =
        Streams.Event(Streams.Chunk("""{"content":"It is "}"""))
        + Streams.Event(Streams.Chunk("""{"content":"9."}"""))
        + Streams.Event(Streams.Chunk("{}", "\"stop\"", $$""","usage":{{Streams.Usage(90)}}"""))
        + Streams.Done;

    private static readonly string Breaks =
        Streams.Event(Streams.Chunk("""{"content":"I will call "}"""))
        + "event: error\n"
        + Streams.Event(
            """{"error":{"message":"Tool call validation failed","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"<square>","status_code":400}}"""
        );

    [Fact]
    public async Task A_run_is_told_as_it_happens()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(CallsSquare);
        server.NextStream(Says9);
        using GroqClient client = Clients.For(server);
        ToolRunStream stream = client.Chat.StreamToolsAsync(Requests.Hello, [Square]);
        var events = new List<string>();

        await foreach (ToolRunUpdate update in stream)
        {
            stream.Run.ShouldBeNull();
            if (update.Text is { } text)
                events.Add($"{update.Step} says {text}");
            if (update.Calling is { } call)
                events.Add($"{update.Step} calls {call.Function.Name} {call.Function.Arguments}");
            if (update.Called is { } result)
                events.Add($"{update.Step} gets {result.Content}");
        }

        events.ShouldBe([
            "1 says Let me see. ",
            """1 calls square {"number":3}""",
            "1 gets 9",
            "2 says It is ",
            "2 says 9.",
        ]);
        ToolRun run = stream.Run.ShouldNotBeNull();
        run.Ending.ShouldBe(ToolRunEnding.Answered);
        run.Text.ShouldBe("It is 9.");
        run.Usage!.TotalTokens.ShouldBe(170);
        server.Requests[1].Body.ShouldContain("""{"role":"tool","content":"9","tool_call_id":"call_a"}""");
        server.Requests[1].Body.ShouldContain("\"stream\":true");
    }

    [Fact]
    public async Task A_run_can_be_collected_and_read_once_only()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Says9);
        using GroqClient client = Clients.For(server);
        ToolRunStream stream = client.Chat.StreamToolsAsync(Requests.Hello, [Square]);

        ToolRun run = await stream.CollectAsync();

        run.Text.ShouldBe("It is 9.");
        run.ShouldBeSameAs(stream.Run);
        await Should.ThrowAsync<InvalidOperationException>(() => stream.CollectAsync());
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_run_is_read()
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        client.Chat.StreamToolsAsync(Requests.Hello, [Square]).Run.ShouldBeNull();

        await Task.Yield();
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_call_that_breaks_within_the_stream_is_asked_for_once_more()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Breaks);
        server.NextStream(CallsSquare);
        server.NextStream(Says9);
        using GroqClient client = Clients.For(server);
        var told = new List<GenerationRepair>();
        ToolRunStream stream = client.Chat.StreamToolsAsync(
            Requests.Hello with
            {
                Temperature = 1.2,
            },
            [Square],
            callOptions: new CallOptions { Repair = new RepairPolicy { OnRepair = told.Add } }
        );
        var text = new List<string>();

        await foreach (ToolRunUpdate update in stream)
        {
            if (update.Repair is not null)
                text.Clear();
            if (update.Text is { Length: > 0 } said)
                text.Add(said);
        }

        text.ShouldBe(["Let me see. ", "It is ", "9."]);
        told.ShouldHaveSingleItem().FailedGeneration.ShouldBe("<square>");
        stream.Run!.Repairs.ShouldBe(1);
        stream.Run.Steps[0].Completion.Repairs.ShouldBe(told);
        stream.Run.Steps.Count.ShouldBe(2);
        server.Requests[1].Body.ShouldContain("\"temperature\":0.6");
        server.Requests[2].Body.ShouldContain("\"temperature\":1.2");
    }

    [Fact]
    public async Task A_turn_that_breaks_twice_or_without_consent_fails_with_what_was_said()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Breaks);
        server.NextStream(Breaks);
        server.NextStream(Breaks);
        using GroqClient client = Clients.For(server);

        var twice = await Should.ThrowAsync<GroqStreamException>(() =>
            client.Chat.StreamToolsAsync(Requests.Hello, [Square], callOptions: Repaired).CollectAsync()
        );
        var once = await Should.ThrowAsync<GroqStreamException>(() =>
            client.Chat.StreamToolsAsync(Requests.Hello, [Square]).CollectAsync()
        );

        twice.Code.ShouldBe("tool_use_failed");
        once.Partial!.Text.ShouldBe("I will call ");
        server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_turn_that_was_repaired_at_its_start_is_not_repaired_again()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, Answers.Error("tool_use_failed"));
        server.NextStream(Breaks);
        using GroqClient client = Clients.For(server);

        await Should.ThrowAsync<GroqStreamException>(() =>
            client.Chat.StreamToolsAsync(Requests.Hello, [Square], callOptions: Repaired).CollectAsync()
        );

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Leaving_early_stops_the_tools_that_still_run()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(
            Streams.Event(
                Streams.Chunk(
                    """{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"square","arguments":"{\"number\":3}"}},"""
                        + """{"index":1,"id":"b","type":"function","function":{"name":"wait","arguments":"{}"}}]}"""
                )
            )
                + Streams.Event(Streams.Chunk("{}", "\"tool_calls\""))
                + Streams.Done
        );
        using GroqClient client = Clients.For(server);
        var isWaiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isStopped = false;
        Tool wait = Tool.From(
            async (CancellationToken token) =>
            {
                isWaiting.SetResult();
                try
                {
                    await Forever.WaitAsync(token);
                }
                finally
                {
                    isStopped = true;
                }
            },
            "wait"
        );
        ToolRunStream stream = client.Chat.StreamToolsAsync(Requests.Hello, [Square, wait]);

        await foreach (ToolRunUpdate update in stream)
        {
            if (update.Called is null)
                continue;
            await isWaiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
            break;
        }

        isStopped.ShouldBeTrue();
        stream.Run.ShouldBeNull();
        server.Requests.Count.ShouldBe(1);
    }
}
