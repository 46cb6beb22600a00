using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>A function that the model may ask the caller to run.</summary>
public sealed record FunctionDefinition
{
    /// <summary>1 to 64 of letters, digits, underscore and hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for the model.</summary>
    public string? Description { get; init; }

    /// <summary>A JSON Schema object. Null: no parameters.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>Whether arguments must follow the schema. Default false.</summary>
    public bool? Strict { get; init; }
}
