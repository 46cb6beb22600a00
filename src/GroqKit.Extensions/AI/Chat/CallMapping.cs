using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>Tool calls, there and back.</summary>
internal static class CallMapping
{
    private static readonly JsonTypeInfo<IDictionary<string, object?>> Arguments = CompactJson.TypeInfo<
        IDictionary<string, object?>
    >();

    /// <summary>Arguments that were not JSON go back as the model wrote them, so that it sees its mistake.</summary>
    public static ToolCall ToGroq(FunctionCallContent call) =>
        ToolCall.Create(
            call.CallId,
            call.Name,
            call is { Exception: not null, RawRepresentation: ToolCall raw } ? raw.Function.Arguments
                : call.Arguments is { } arguments ? JsonSerializer.Serialize(arguments, Arguments)
                : "{}"
        );

    /// <summary>Never throws: what cannot be read is told by the content's exception.</summary>
    public static FunctionCallContent FromGroq(ToolCall call)
    {
        FunctionCallContent content = FunctionCallContent.CreateFromParsedArguments(
            call.Function.Arguments,
            call.Id,
            call.Function.Name,
            Read
        );
        content.RawRepresentation = call;
        return content;
    }

    /// <summary>Null when the text is not an object of JSON.</summary>
    public static IDictionary<string, object?>? TryRead(string? text)
    {
        try
        {
            return text is null ? null : Read(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Models write nothing at all for a function without parameters.
    private static IDictionary<string, object?>? Read(string text) =>
        string.IsNullOrWhiteSpace(text)
            ? new Dictionary<string, object?>()
            : JsonSerializer.Deserialize(text, Arguments);
}
