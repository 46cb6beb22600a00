using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Consumers;

/// <summary>
/// Runs the functions that a model asks for, as the ecosystem's consumers do: by what the abstractions say, and knowing nothing of Groq.
/// </summary>
internal sealed class ToolLoop(IChatClient inner, int maxRounds = 10) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        List<ChatMessage> history = [.. messages];
        List<ChatMessage> added = [];
        var usage = new UsageDetails();
        for (int round = 1; ; round++)
        {
            ChatResponse answer = await base.GetResponseAsync(history, options, cancellationToken);
            usage.Add(answer.Usage ?? new UsageDetails());
            added.AddRange(answer.Messages);
            ChatMessage? results = await RunAsync(answer.Messages, options, cancellationToken);
            if (results is null || round == maxRounds)
            {
                answer.Messages = added;
                answer.Usage = usage;
                return answer;
            }
            history.AddRange(answer.Messages);
            history.Add(results);
            added.Add(results);
            options = WithoutDuty(options);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        List<ChatMessage> history = [.. messages];
        for (int round = 1; ; round++)
        {
            List<ChatResponseUpdate> updates = [];
            await foreach (var update in base.GetStreamingResponseAsync(history, options, cancellationToken))
            {
                updates.Add(update);
                yield return update;
            }
            IList<ChatMessage> answer = updates.ToChatResponse().Messages;
            ChatMessage? results = await RunAsync(answer, options, cancellationToken);
            if (results is null || round == maxRounds)
                yield break;
            history.AddRange(answer);
            history.Add(results);
            yield return new ChatResponseUpdate(results.Role, results.Contents) { MessageId = $"results-{round}" };
            options = WithoutDuty(options);
        }
    }

    // Null: nothing is asked for that can be run here.
    private static async Task<ChatMessage?> RunAsync(
        IEnumerable<ChatMessage> answer,
        ChatOptions? options,
        CancellationToken cancellationToken
    )
    {
        List<AIContent> results = [];
        foreach (
            FunctionCallContent call in answer.SelectMany(message => message.Contents).OfType<FunctionCallContent>()
        )
        {
            AIFunction? function = options?.Tools?.OfType<AIFunction>().FirstOrDefault(tool => tool.Name == call.Name);
            if (
                call.InformationalOnly
                || options?.Tools?.Any(tool => tool.Name == call.Name && function is null) == true
            )
                continue;
            results.Add(await RunAsync(call, function, cancellationToken));
        }
        return results.Count > 0 ? new ChatMessage(ChatRole.Tool, results) : null;
    }

    private static async Task<FunctionResultContent> RunAsync(
        FunctionCallContent call,
        AIFunction? function,
        CancellationToken cancellationToken
    )
    {
        if (function is null)
            return new(call.CallId, $"There is no function {call.Name}.");
        if (call.Exception is not null)
            return new(call.CallId, "The arguments are not JSON.");
        try
        {
            return new(call.CallId, await function.InvokeAsync(new(call.Arguments), cancellationToken));
        }
        catch (InvalidOperationException error)
        {
            return new(call.CallId, null) { Exception = error };
        }
    }

    // Who has to call a function would call it for ever.
    private static ChatOptions? WithoutDuty(ChatOptions? options)
    {
        if (options?.ToolMode is not RequiredChatToolMode)
            return options;
        options = options.Clone();
        options.ToolMode = null;
        return options;
    }
}
