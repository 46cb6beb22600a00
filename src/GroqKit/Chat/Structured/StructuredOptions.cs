namespace GroqKit.Chat;

/// <summary>How a type is asked for.</summary>
public sealed record StructuredOptions
{
    /// <summary>The name of the format, 1 to 64 of letters, digits, underscore and hyphen. Default: made from the type's name.</summary>
    public string? Name { get; init; }

    /// <summary>What the format is for, for the model. Default: none; the type's own <c>[Description]</c> is part of the schema.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Whether the schema is enforced while the model writes. Default: true, except for models of which the catalogue knows that they
    /// only try. False also allows types that a strict schema cannot say: dictionaries, <c>object</c> and <c>JsonElement</c>.
    /// </summary>
    public bool? Strict { get; init; }
}
