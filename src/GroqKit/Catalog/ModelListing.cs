namespace GroqKit.Catalog;

/// <summary>
/// One entry of GET /models, as far as the catalogue takes an interest in it. What the entry lacks is null.
/// </summary>
public sealed record ModelListing
{
    /// <summary><c>id</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>owned_by</c>.</summary>
    public string? OwnedBy { get; init; }

    /// <summary><c>name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>active</c>; null counts as true.</summary>
    public bool? Active { get; init; }

    /// <summary><c>created</c>.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary><c>context_window</c>, in tokens.</summary>
    public int? ContextWindow { get; init; }

    /// <summary><c>max_completion_tokens</c>.</summary>
    public int? MaxCompletionTokens { get; init; }

    /// <summary><c>input_modalities</c>.</summary>
    public IReadOnlyList<string>? InputModalities { get; init; }

    /// <summary><c>output_modalities</c>.</summary>
    public IReadOnlyList<string>? OutputModalities { get; init; }

    /// <summary><c>supported_features</c>.</summary>
    public IReadOnlyList<string>? SupportedFeatures { get; init; }

    /// <summary>
    /// The members of <c>pricing</c>: decimal numbers as text, in dollars per token (for speech models per character).
    /// </summary>
    public IReadOnlyDictionary<string, string>? Pricing { get; init; }
}
