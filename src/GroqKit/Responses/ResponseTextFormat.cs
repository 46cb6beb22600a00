using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Responses;

/// <summary>Text, JSON, or JSON by a schema. Unlike in chat, the schema stands beside the type.</summary>
public sealed record ResponseTextFormat : GroqObject
{
    /// <summary>Which of them.</summary>
    public ResponseFormatType Type { get; set; }

    /// <summary>Schema: its name, 1 to 64 of letters, digits, _ and -.</summary>
    public string? Name { get; set; }

    /// <summary>Schema: what it is for, for the model.</summary>
    public string? Description { get; set; }

    /// <summary>Schema: the schema itself.</summary>
    public JsonElement? Schema { get; set; }

    /// <summary>Schema: whether it is enforced. Default false.</summary>
    public bool? Strict { get; set; }
}
