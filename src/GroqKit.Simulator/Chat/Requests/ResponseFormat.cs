using System.Text.Json;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>The form of the answer: <c>text</c>, <c>json_object</c> or <c>json_schema</c> with its schema.</summary>
internal sealed record ResponseFormat(string Type, JsonElement? Schema = null, bool Strict = false)
{
    public static ResponseFormat Text { get; } = new("text");

    public bool IsJson => Type is not "text";
}
