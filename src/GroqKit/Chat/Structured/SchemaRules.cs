namespace GroqKit.Chat;

/// <summary>What a schema may hold, and what becomes of the rest.</summary>
internal sealed record SchemaRules
{
    /// <summary>
    /// Groq's rules for constrained decoding: every property is required, no object takes others, and nothing may have an open shape.
    /// </summary>
    public static SchemaRules Strict { get; } = new() { IsStrict = true, MovesKeywords = true };

    /// <summary>For an answer that is only checked afterwards. Groq refuses some keywords of validation there too.</summary>
    public static SchemaRules BestEffort { get; } = new() { MovesKeywords = true };

    /// <summary>For the parameters of a tool.</summary>
    public static SchemaRules Tool { get; } = new() { TakesNullForOptional = true };

    /// <summary>Whether the rules for constrained decoding hold.</summary>
    public bool IsStrict { get; private init; }

    /// <summary>Whether keywords that only restrict a value (a range, a pattern, a format) go into its description.</summary>
    public bool MovesKeywords { get; private init; }

    /// <summary>
    /// Whether null is as good as leaving a property out: many models write every property, and Groq refuses such a call before anyone
    /// sees it.
    /// </summary>
    public bool TakesNullForOptional { get; private init; }
}
