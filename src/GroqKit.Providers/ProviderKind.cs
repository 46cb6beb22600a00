namespace GroqKit.Providers;

/// <summary>Which code talks to a provider: one of the values below, or the name of a kind that was registered.</summary>
/// <remarks>Compared ordinally. The default value is an empty string and equals none of the named ones.</remarks>
public readonly record struct ProviderKind
{
    private readonly string? _value;

    /// <summary>Wraps a kind.</summary>
    /// <param name="value">As configuration spells it, for example <c>groq</c>. Kept in lower case.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, empty or blank.</exception>
    public ProviderKind(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value.Trim().ToLowerInvariant();
    }

    /// <summary>Groq: chat, speech to text, text to speech.</summary>
    public static ProviderKind Groq { get; } = new("groq");

    /// <summary>OpenAI, and every server that speaks its language.</summary>
    public static ProviderKind OpenAI { get; } = new("openai");

    /// <summary>ElevenLabs: text to speech and speech to text.</summary>
    public static ProviderKind ElevenLabs { get; } = new("elevenlabs");

    /// <summary>The kind as text.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
