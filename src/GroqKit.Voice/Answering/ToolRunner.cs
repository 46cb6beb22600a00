using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Answering;

/// <summary>Calls the functions that a model asks for: all of one step at once. What a function raises is told to the model, which may know better.</summary>
internal sealed class ToolRunner(IList<AITool>? tools, EventQueue events, TimeProvider time)
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

    /// <summary>Hands calls of declared tools to the caller; false when all calls are to be made here.</summary>
    public bool Request(IReadOnlyList<FunctionCallContent> calls)
    {
        FunctionCallContent[] requested =
        [
            .. calls.Where(call => !_functions.ContainsKey(call.Name) && _declared.Contains(call.Name)),
        ];
        foreach (FunctionCallContent call in requested)
            events.Post(new ToolRequested(call.CallId, call.Name, Arguments(call)));
        return requested.Length > 0;
    }

    public async Task<ChatMessage> RunAsync(
        IReadOnlyList<FunctionCallContent> calls,
        CancellationToken cancellationToken
    )
    {
        FunctionResultContent[] results = await Task.WhenAll(calls.Select(call => CallAsync(call, cancellationToken)))
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
