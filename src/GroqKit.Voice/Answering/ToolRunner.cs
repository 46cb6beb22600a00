using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Answering;

/// <summary>Calls the functions that a model asks for: all of one step at once. What a function raises is told to the model, which may know better.</summary>
internal sealed class ToolRunner(IList<AITool>? tools, EventQueue events, TimeProvider time)
{
    private readonly Dictionary<string, AIFunction> _functions = (tools ?? [])
        .OfType<AIFunction>()
        .GroupBy(function => function.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>The calls of an answer that somebody here is to make.</summary>
    public static IReadOnlyList<FunctionCallContent> FindCalls(List<ChatResponseUpdate> updates) =>
        [
            .. updates
                .SelectMany(update => update.Contents)
                .OfType<FunctionCallContent>()
                .Where(call => !call.InformationalOnly),
        ];

    public async Task<ChatMessage> RunAsync(
        IReadOnlyList<FunctionCallContent> calls,
        CancellationToken cancellationToken
    )
    {
        FunctionResultContent[] results = await Task.WhenAll(calls.Select(call => CallAsync(call, cancellationToken)))
            .ConfigureAwait(false);
        return new ChatMessage(ChatRole.Tool, [.. results]);
    }

    private async Task<FunctionResultContent> CallAsync(FunctionCallContent call, CancellationToken cancellationToken)
    {
        events.Post(new ToolStarted(call.CallId, call.Name));
        long started = time.GetTimestamp();
        bool succeeded = false;
        object? result;
        try
        {
            if (call.Exception is not null)
                result = "Error: the arguments are no valid JSON.";
            else if (!_functions.TryGetValue(call.Name, out AIFunction? function))
                result = $"Error: there is no tool '{call.Name}'.";
            else
            {
                result = await function
                    .InvokeAsync(new AIFunctionArguments(call.Arguments), cancellationToken)
                    .ConfigureAwait(false);
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
