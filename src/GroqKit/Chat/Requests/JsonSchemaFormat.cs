using System.Text.Json;

namespace GroqKit.Chat;

/// <summary>The schema that a structured answer follows.</summary>
public sealed record JsonSchemaFormat
{
    /// <summary>1 to 64 of letters, digits, underscore and hyphen.</summary>
    public required string Name { get; init; }

    /// <summary>What the format is for, for the model.</summary>
    public string? Description { get; init; }

    /// <summary>A JSON Schema object.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>
    /// True: guaranteed by constrained decoding; every property must be required and no object may take others. Default false.
    /// </summary>
    public bool? Strict { get; init; }
}
