using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Answering;

/// <summary>Calls the functions that a model asks for: all of one step at once. What a function raises is told to the model, which may know better.</summary>
/// <param name="tools">The tools: functions are called here, declared ones are the caller's.</param>
/// <param name="awaited">Takes what the caller's tools give; null where the turn does not wait for them.</param>
/// <param name="events">Where is told what happens.</param>
/// <param name="time">The clock.</param>
internal sealed class ToolRunner(IList<AITool>? tools, AwaitedResults? awaited, EventQueue events, TimeProvider time)
{
    private readonly Dictionary<string, AIFunction> _functions = (tools ?? [])
        .OfType<AIFunction>()
        .GroupBy(function => function.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    private readonly HashSet<string> _declared = (tools ?? [])
        .OfType<AIFunctionDeclaration>()
        .Select(tool => tool.Name)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The calls of an answer that somebody here is to make.</summary>
    public static IReadOnlyList<FunctionCallContent> FindCalls(List<ChatResponseUpdate> updates) =>
        [
            .. updates
                .SelectMany(update => update.Contents)
                .OfType<FunctionCallContent>()
                .Where(call => !call.InformationalOnly),
        ];

    public bool Answer(string callId, string result) => awaited?.Give(callId, result) ?? false;

    /// <summary>Hands calls of declared tools to the caller, as the end of the turn; false when the turn goes on with their results.</summary>
    public bool Request(IReadOnlyList<FunctionCallContent> calls)
    {
        if (awaited is not null)
            return false;
        FunctionCallContent[] requested = [.. calls.Where(IsCallers)];
        foreach (FunctionCallContent call in requested)
            events.Post(new ToolRequested(call.CallId, call.Name, Arguments(call)));
        return requested.Length > 0;
    }

    public async Task<ChatMessage> RunAsync(
        IReadOnlyList<FunctionCallContent> calls,
        CancellationToken cancellationToken
    )
    {
        // All before the caller is told of any: who answers at once would make room for a second call of the same name.
        bool[] isExpected = [.. calls.Select(call => IsAwaited(call) && awaited!.TryExpect(call.CallId))];
        FunctionResultContent[] results = await Task.WhenAll(
                calls.Select((call, i) => CallAsync(call, isExpected[i], cancellationToken))
            )
            .ConfigureAwait(false);
        return new ChatMessage(ChatRole.Tool, [.. results]);
    }

    private static string Arguments(FunctionCallContent call)
    {
        var arguments = new JsonObject();
        foreach ((string name, object? value) in call.Arguments ?? new Dictionary<string, object?>())
        {
            arguments[name] = value switch
            {
                null => null,
                JsonElement element => JsonNode.Parse(element.GetRawText()),
                JsonNode node => node.DeepClone(),
                _ => JsonValue.Create(value.ToString()),
            };
        }
        return arguments.ToJsonString();
    }

    private bool IsCallers(FunctionCallContent call) =>
        !_functions.ContainsKey(call.Name) && _declared.Contains(call.Name);

    private bool IsAwaited(FunctionCallContent call) =>
        awaited is not null && call.Exception is null && IsCallers(call);

    // A function that does not heed its cancellation, as most don't, must not hold up a caller who speaks again.
    private static async Task<object?> InvokeAsync(
        AIFunction function,
        FunctionCallContent call,
        CancellationToken cancellationToken
    )
    {
        Task<object?> running = function
            .InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken)
            .AsTask();
        try
        {
            return await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What one that was left behind raises is nobody's any more, but it has to be looked at.
            if (!running.IsCompleted)
                _ = running.ContinueWith(
                    static left => left.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
        }
    }

    private async Task<FunctionResultContent> CallAsync(
        FunctionCallContent call,
        bool isExpected,
        CancellationToken cancellationToken
    )
    {
        events.Post(
            isExpected
                ? new ToolRequested(call.CallId, call.Name, Arguments(call))
                : new ToolStarted(call.CallId, call.Name)
        );
        long started = time.GetTimestamp();
        bool succeeded = false;
        object? result;
        try
        {
            if (call.Exception is not null)
                result = "Error: the arguments are no valid JSON.";
            else if (isExpected)
            {
                result = await awaited!.WaitAsync(call.CallId, cancellationToken).ConfigureAwait(false);
                succeeded = true;
            }
            // The caller can't tell it from the first of its name: the model is told of it as a mistake of its own.
            else if (IsAwaited(call))
                result = $"Error: two calls have the id '{call.CallId}'.";
            else if (!_functions.TryGetValue(call.Name, out AIFunction? function))
                result = $"Error: there is no tool '{call.Name}'.";
            else
            {
                result = await InvokeAsync(function, call, cancellationToken).ConfigureAwait(false);
                succeeded = true;
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            result = $"Error: {failure.Message}";
        }
        events.Post(new ToolDone(call.CallId, call.Name, succeeded, time.GetElapsedTime(started)));
        return new FunctionResultContent(call.CallId, result);
    }
}
