using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Testing.Tests;

/// <summary>How to test a program that uses Groq, from the simplest to the rarest.</summary>
[Requirement("CL-29")]
public sealed class ManualTests
{
    private static readonly ChatRequest Hello = new() { Model = GroqBodies.Model, Messages = ["hello"] };

    [Fact]
    public async Task Queue_an_answer_and_look_at_what_was_asked()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(ScriptedAnswer.Chat("Hi there."));
        using GroqClient groq = handler.CreateClient();

        ChatCompletion answer = await groq.Chat.CreateAsync(Hello);

        answer.Text.ShouldBe("Hi there.");
        RecordedRequest request = handler.Requests.ShouldHaveSingleItem();
        request.ToString().ShouldBe("POST /openai/v1/chat/completions");
        request.Chat.Messages[0].Content!.Value.Text.ShouldBe("hello");
        request.Json.GetProperty("model").GetString().ShouldBe(GroqBodies.Model);
        request.Headers["content-type"].ShouldStartWith("application/json");
        request.Streams.ShouldBeFalse();
        handler.Unused.ShouldBe(0);
    }

    [Fact]
    public async Task Queue_several_answers_for_a_loop_of_tools()
    {
        ScriptedHandler handler = new ScriptedHandler()
            .Next(ScriptedAnswer.ToolCall("weather", """{"city":"Oslo"}"""))
            .Next(request => ScriptedAnswer.Chat($"It is {request.Chat.Messages[^1].Content}."));
        using GroqClient groq = handler.CreateClient();

        ChatCompletion first = await groq.Chat.CreateAsync(Hello);
        ToolCall call = first.Message!.ToolCalls!.Single();
        ChatCompletion second = await groq.Chat.CreateAsync(
            Hello with
            {
                Messages = ["hello", first.Message, ChatMessage.Tool(call.Id, "raining")],
            }
        );

        call.Function.Arguments.ShouldBe("""{"city":"Oslo"}""");
        second.Text.ShouldBe("It is raining.");
    }

    [Fact]
    public async Task Answer_everything_alike()
    {
        ScriptedHandler handler = new ScriptedHandler().Otherwise(request =>
            ScriptedAnswer.Chat(request.Chat.Messages[0].Content!.Value.Text!.ToUpperInvariant())
        );
        using GroqClient groq = handler.CreateClient();

        ChatCompletion[] answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => groq.Chat.CreateAsync(Hello))
        );

        answers.ShouldAllBe(answer => answer.Text == "HELLO");
        handler.Calls.ShouldBe(50);
    }

    [Fact]
    public async Task Stream_an_answer()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(ScriptedAnswer.Stream("Hel", "lo."));
        using GroqClient groq = handler.CreateClient();

        await using ChatStream stream = await groq.Chat.StreamAsync(Hello);
        ChatCompletion answer = await stream.CollectAsync();

        answer.Text.ShouldBe("Hello.");
        answer.FinishReason.ShouldBe(FinishReason.Stop);
        answer.Usage!.TotalTokens.ShouldBe(30);
        handler.Requests.Single().Streams.ShouldBeTrue();
    }

    [Fact]
    public async Task Let_a_clock_decide_when_a_chunk_comes()
    {
        var time = new ManualTimeProvider();
        ScriptedStream slow = ScriptedStream.Empty.Begin().Text("one").Wait(TimeSpan.FromSeconds(5)).Text("two").End();
        ScriptedHandler handler = new ScriptedHandler(time).Next(
            ScriptedAnswer.Stream(slow).After(TimeSpan.FromSeconds(2))
        );
        using GroqClient groq = handler.CreateClient();

        Task<ChatStream> opening = groq.Chat.StreamAsync(Hello);
        await AdvanceUntil(opening, time, TimeSpan.FromSeconds(2));
        await using ChatStream stream = await opening;
        Task<ChatCompletion> collecting = stream.CollectAsync();
        await AdvanceUntil(collecting, time, TimeSpan.FromSeconds(5));

        (await collecting).Text.ShouldBe("onetwo");
        stream.FirstToken.ShouldBe(TimeSpan.FromSeconds(2));
        stream.Total.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Cut_a_stream_and_keep_what_came()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(
            ScriptedAnswer.Stream(ScriptedStream.Empty.Begin().Text("half").Cut())
        );
        using GroqClient groq = handler.CreateClient();
        ChatStream stream = await groq.Chat.StreamAsync(Hello);

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        error.Reason.ShouldBe(StreamFailure.ConnectionLost);
        error.Partial!.Text.ShouldBe("half");
    }

    [Fact]
    public async Task Report_an_error_within_a_stream()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(
            ScriptedAnswer.Stream(ScriptedStream.Empty.Begin().Text("a").Error("over capacity", 503))
        );
        using GroqClient groq = handler.CreateClient();
        ChatStream stream = await groq.Chat.StreamAsync(Hello);

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        error.InnerException.ShouldBeOfType<GroqOverloadedException>();
    }

    [Fact]
    public async Task Let_a_deadline_pass()
    {
        var time = new ManualTimeProvider();
        ScriptedHandler handler = new ScriptedHandler(time).Next(ScriptedAnswer.Timeout());
        using GroqClient groq = handler.CreateClient();

        Task<ChatCompletion> call = groq.Chat.CreateAsync(Hello);
        await handler.NextRequestAsync();
        await AdvanceUntil(call, time, TimeSpan.FromSeconds(60));

        (await Should.ThrowAsync<GroqTimeoutException>(() => call)).Phase.ShouldBe(TimeoutPhase.Headers);
    }

    [Fact]
    public async Task Break_the_network_and_watch_a_retry()
    {
        ScriptedHandler handler = new ScriptedHandler()
            .Next(ScriptedAnswer.NetworkFault())
            .Next(ScriptedAnswer.Error(500))
            .Next(ScriptedAnswer.Chat("at last"));
        using GroqClient groq = handler.CreateClient(options =>
            options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero }
        );

        ChatCompletion answer = await groq.Chat.CreateAsync(Hello);

        answer.Metadata.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Reach_a_rate_limit()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(
            ScriptedAnswer.RateLimited(TimeSpan.FromMilliseconds(1500))
        );
        using GroqClient groq = handler.CreateClient();

        GroqRateLimitException error = await Should.ThrowAsync<GroqRateLimitException>(() =>
            groq.Chat.CreateAsync(Hello)
        );

        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_request_that_nobody_expected_says_so()
    {
        using GroqClient groq = new ScriptedHandler().CreateClient();

        GroqServerException error = await Should.ThrowAsync<GroqServerException>(() => groq.Models.ListAsync());

        error.Message.ShouldContain("No answer is scripted for GET /openai/v1/models (call 1)");
    }

    [Fact]
    public async Task List_models()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(ScriptedAnswer.Json(GroqBodies.Models("a", "b")))
            .CreateClient();

        (await groq.Models.ListAsync()).Data.Select(model => model.Id).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Make_answers_by_hand_for_code_that_takes_them()
    {
        GroqAnswers.Chat("Hi.", reasoning: "Short.").Message!.Reasoning.ShouldBe("Short.");
        GroqAnswers
            .Chat(null, toolCalls: ToolCall.Create("1", "f", "{}"))
            .FinishReason.ShouldBe(FinishReason.ToolCalls);
        GroqAnswers.Chunk("H").Text.ShouldBe("H");
        JsonDocument
            .Parse(GroqBodies.VerboseTranscription(1.5, "One.", "Two."))
            .RootElement.GetProperty("duration")
            .GetDouble()
            .ShouldBe(3);
        JsonDocument
            .Parse(GroqBodies.Transcription("One."))
            .RootElement.GetProperty("text")
            .GetString()
            .ShouldBe("One.");
    }

    // Several timers are armed: the client's deadlines and the script's waits. Each step lets what is due happen.
    private static async Task AdvanceUntil(Task task, ManualTimeProvider time, TimeSpan by)
    {
        DateTimeOffset end = time.GetUtcNow() + by;
        while (time.GetUtcNow() < end)
        {
            await time.WhenArmedAsync();
            time.Advance(TimeSpan.FromSeconds(1));
        }
        await Task.WhenAny(task).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
