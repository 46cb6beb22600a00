using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Consumers;

/// <summary>Answers that a consumer keeps as JSON and gives again.</summary>
[Requirement("CL-28")]
public sealed class CachingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_question_is_asked_once_and_another_anew(bool streams)
    {
        int number = 0;
        ScriptedHandler handler = new ScriptedHandler().Otherwise(_ =>
            streams ? ScriptedAnswer.Stream("It is ", $"{++number}") : ScriptedAnswer.Chat($"It is {++number}")
        );
        using GroqClient groq = handler.CreateClient();
        using IChatClient chat = new Cache(groq.AsIChatClient("m"));

        string[] texts = [await AskAsync("number?"), await AskAsync("number?"), await AskAsync("another?")];

        texts.ShouldBe(["It is 1", "It is 1", "It is 2"]);
        handler.Calls.ShouldBe(2);

        async Task<string> AskAsync(string question) =>
            streams
                ? (await chat.GetStreamingResponseAsync(question).ToChatResponseAsync()).Text
                : (await chat.GetResponseAsync(question)).Text;
    }

    [Theory]
    [InlineData(true, 2, 1)]
    [InlineData(false, 2, 2)]
    public async Task A_tool_loop_around_or_within_a_cache_makes_no_more_calls_than_it_must(
        bool cacheOutside,
        int calls,
        int runs
    )
    {
        int ran = 0;
        ScriptedHandler handler = new ScriptedHandler()
            .Next(ScriptedAnswer.ToolCall("GetTemperature", "{}"))
            .Next(ScriptedAnswer.Chat("58 degrees"));
        using GroqClient groq = handler.CreateClient();
        IChatClient model = groq.AsIChatClient("m");
        using IChatClient chat = cacheOutside ? new Cache(new ToolLoop(model)) : new ToolLoop(new Cache(model));
        var options = new ChatOptions
        {
            Tools =
            [
                AIFunctionFactory.Create(
                    () =>
                    {
                        ran++;
                        return 58;
                    },
                    "GetTemperature"
                ),
            ],
        };

        string first = (await chat.GetResponseAsync("How warm is it?", options)).Text;
        string second = (await chat.GetResponseAsync("How warm is it?", options)).Text;

        second.ShouldBe(first);
        handler.Calls.ShouldBe(calls);
        ran.ShouldBe(runs);
    }

    private sealed class Cache(IChatClient inner) : DelegatingChatClient(inner)
    {
        private readonly ConcurrentDictionary<string, string> _answers = new();

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            CancellationToken cancellationToken = default
        )
        {
            string key = JsonSerializer.Serialize(messages.ToList(), AIJsonUtilities.DefaultOptions);
            if (!_answers.TryGetValue(key, out string? stored))
            {
                ChatResponse answer = await base.GetResponseAsync(messages, options, cancellationToken);
                stored = _answers[key] = JsonSerializer.Serialize(answer, AIJsonUtilities.DefaultOptions);
            }
            return JsonSerializer.Deserialize<ChatResponse>(stored, AIJsonUtilities.DefaultOptions)!;
        }

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default
        )
        {
            string key = JsonSerializer.Serialize(messages.ToList(), AIJsonUtilities.DefaultOptions);
            if (!_answers.TryGetValue(key, out string? stored))
            {
                ChatResponse answer = await base.GetStreamingResponseAsync(messages, options, cancellationToken)
                    .ToChatResponseAsync(cancellationToken);
                stored = _answers[key] = JsonSerializer.Serialize(answer, AIJsonUtilities.DefaultOptions);
            }
            ChatResponse kept = JsonSerializer.Deserialize<ChatResponse>(stored, AIJsonUtilities.DefaultOptions)!;
            foreach (ChatResponseUpdate update in kept.ToChatResponseUpdates())
                yield return update;
        }
    }
}
