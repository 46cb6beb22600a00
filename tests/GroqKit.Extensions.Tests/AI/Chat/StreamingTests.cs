using System.Text;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

[Requirement("CL-28", "CL-12")]
public sealed class StreamingTests
{
    [Fact]
    public async Task A_stream_put_together_is_the_whole_answer()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(200, Script.Whole)
            .Next(Script.AsStream(Script.Stream))
            .CreateClient();
        using IChatClient chat = groq.AsIChatClient("m");

        ChatResponse whole = await chat.GetResponseAsync("hi");
        ChatResponse streamed = await chat.GetStreamingResponseAsync("hi").ToChatResponseAsync();

        Script.Lines(streamed).ShouldBe(Script.Lines(whole));
        Script
            .Lines(whole)
            .ShouldBe([
                "chatcmpl-1 openai/gpt-oss-20b tool_calls 2026-09-21T14:13:20.0000000+00:00 ",
                "20 10 30 8 4",
                "assistant chatcmpl-1 2026-09-21T14:13:20.0000000+00:00",
                "thinking Let me see.",
                "search chatcmpl-1-executed-0 groq",
                "found chatcmpl-1-executed-0 Found.,Microsoft.Extensions.AI.UriContent",
                "text Hello, wörld.",
                "call c1 add a=1,b=[\"\\u00E9\"]",
                "call c2 now ",
                "citation d1 5",
            ]);
    }

    [Fact]
    public async Task Wherever_the_network_cuts_it_the_answer_is_the_same()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Script.Stream);
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();
        using IChatClient chat = groq.AsIChatClient("m");
        handler.Next(200, Script.Whole);
        string[] expected = Script.Lines(await chat.GetResponseAsync("hi"));

        for (int cut = 1; cut < bytes.Length; cut++)
        {
            handler.Next(
                ScriptedAnswer.Stream(ScriptedStream.Empty.Raw(bytes.AsMemory(0, cut)).Raw(bytes.AsMemory(cut)))
            );
            ChatResponse streamed = await chat.GetStreamingResponseAsync("hi").ToChatResponseAsync();
            if (!Script.Lines(streamed).SequenceEqual(expected))
                Script.Lines(streamed).ShouldBe(expected, $"cut at {cut}");
        }
    }

    [Fact]
    public async Task Every_update_says_whose_it_is_and_usage_comes_last_and_once()
    {
        using GroqClient groq = new ScriptedHandler().Next(Script.AsStream(Script.Stream)).CreateClient();

        ChatResponseUpdate[] updates = await groq.AsIChatClient("m").GetStreamingResponseAsync("hi").ToArrayAsync();

        updates.ShouldAllBe(update =>
            update.ResponseId == "chatcmpl-1"
            && update.MessageId == "chatcmpl-1"
            && update.ModelId == "openai/gpt-oss-20b"
            && update.Role == ChatRole.Assistant
            && update.ConversationId == null
        );
        updates
            .SkipWhile(update => update.FinishReason is null)
            .ShouldAllBe(update => update.FinishReason == ChatFinishReason.ToolCalls);
        updates.SelectMany(update => update.Contents).OfType<UsageContent>().ShouldHaveSingleItem();
        updates[^1].Contents.ShouldHaveSingleItem().ShouldBeOfType<UsageContent>();
        updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>().Count().ShouldBe(2);
        updates[0].RawRepresentation.ShouldBeOfType<ChatChunk>();
    }

    [Fact]
    public async Task Text_is_passed_on_while_more_is_to_come()
    {
        ScriptedStream open = ScriptedStream.Empty.Begin().Reasoning("Hm").Text("Hi").Hang();
        using GroqClient groq = new ScriptedHandler().Next(ScriptedAnswer.Stream(open)).CreateClient();
        var seen = new List<AIContent>();

        await foreach (ChatResponseUpdate update in groq.AsIChatClient("m").GetStreamingResponseAsync("hi"))
        {
            seen.AddRange(update.Contents);
            if (update.Text == "Hi")
                break;
        }

        seen.Select(content => content.GetType()).ShouldBe([typeof(TextReasoningContent), typeof(TextContent)]);
    }

    [Fact]
    public async Task A_conversation_that_is_appended_to_grows_by_one_text()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(ScriptedAnswer.Stream("One", " two", " three"))
            .CreateClient();
        List<ChatMessage> history = [new(ChatRole.User, "count")];

        await history.AddMessagesAsync(groq.AsIChatClient("m").GetStreamingResponseAsync(history));

        history.Count.ShouldBe(2);
        history[1].Role.ShouldBe(ChatRole.Assistant);
        history[1].Contents.ShouldHaveSingleItem().ShouldBeOfType<TextContent>().Text.ShouldBe("One two three");
    }

    [Fact]
    public async Task Several_answers_are_several_messages()
    {
        static string Chunk(int index, string text) =>
            $$$"""{"id":"a","model":"m","choices":[{"index":{{{index}}},"delta":{"role":"assistant","content":"{{{text}}}"}}]}""";
        using GroqClient groq = new ScriptedHandler()
            .Next(
                ScriptedAnswer.Stream(
                    ScriptedStream
                        .Empty.Event(Chunk(0, "left"))
                        .Event(Chunk(1, "right"))
                        .Event("""{"id":"a","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""")
                        .Event("[DONE]")
                )
            )
            .CreateClient();

        ChatResponse answer = await groq.AsIChatClient("m").GetStreamingResponseAsync("hi").ToChatResponseAsync();

        answer.Messages.Select(message => message.Text).ShouldBe(["left", "right"]);
        answer.Messages.Select(message => message.MessageId).ShouldBe(["a", "a-1"]);
    }

    [Fact]
    public async Task A_packet_that_nobody_knows_is_passed_on_raw()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(ScriptedAnswer.Stream(ScriptedStream.Empty.Event("""{"id":"a","brand_new":7}""").Text("hi").End()))
            .CreateClient();

        ChatResponseUpdate[] updates = await groq.AsIChatClient("m").GetStreamingResponseAsync("hi").ToArrayAsync();

        updates[0].Contents.ShouldBeEmpty();
        updates[0]
            .RawRepresentation.ShouldBeOfType<ChatChunk>()
            .AdditionalProperties!["brand_new"]
            .GetInt32()
            .ShouldBe(7);
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_first_step()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(ScriptedAnswer.Stream("hi"));
        using GroqClient groq = handler.CreateClient();

        IAsyncEnumerable<ChatResponseUpdate> answer = groq.AsIChatClient("m").GetStreamingResponseAsync("hi");
        handler.Calls.ShouldBe(0);
        await answer.ToArrayAsync();

        handler.Calls.ShouldBe(1);
        handler.Requests[0].Streams.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_that_breaks_ends_in_one_typed_error_after_what_was_received()
    {
        using GroqClient groq = new ScriptedHandler()
            .Next(ScriptedAnswer.Stream(ScriptedStream.Empty.Begin().Text("Half").Cut()))
            .Next(ScriptedAnswer.Stream(ScriptedStream.Empty.Begin().Text("Half").Error("no", 503)))
            .CreateClient();
        IChatClient chat = groq.AsIChatClient("m");

        for (int i = 0; i < 2; i++)
        {
            string text = "";
            GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(async () =>
            {
                await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync("hi"))
                    text += update.Text;
            });
            text.ShouldBe("Half");
            error.ToString().ShouldNotContain("Authorization");
        }
    }

    [Fact]
    public async Task A_stream_that_is_left_early_is_closed()
    {
        var body = new WatchedStream(Encoding.UTF8.GetBytes(Script.Stream));
        using GroqClient groq = new ScriptedHandler().NextStream(body).CreateClient();

        await foreach (ChatResponseUpdate _ in groq.AsIChatClient("m").GetStreamingResponseAsync("hi"))
            break;

        body.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_that_is_cancelled_says_whose_token_it_was()
    {
        var handler = new ScriptedHandler();
        handler.Next(ScriptedAnswer.Stream(ScriptedStream.Empty.Begin().Text("Hi").Hang()));
        using GroqClient groq = handler.CreateClient();
        using var cancelled = new CancellationTokenSource();
        await using IAsyncEnumerator<ChatResponseUpdate> updates = groq.AsIChatClient("m")
            .GetStreamingResponseAsync("hi", null, cancelled.Token)
            .GetAsyncEnumerator();
        while (await updates.MoveNextAsync() && updates.Current.Text.Length == 0) { }

        ValueTask<bool> next = updates.MoveNextAsync();
        await cancelled.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(async () => await next)).CancellationToken.ShouldBe(
            cancelled.Token
        );
    }

    private sealed class WatchedStream(byte[] content) : MemoryStream(content)
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
