namespace GroqKit.Providers.Wire;

/// <summary>Whose paths, bodies and streams a provider speaks: one of the values below, or that of a registered kind.</summary>
/// <remarks>
/// Caller and provider with the same dialect can exchange bytes as they are. A dialect says nothing about single parameters: those a model
/// lacks are the provider's to refuse.
/// </remarks>
public readonly record struct WireDialect
{
    private readonly string? _value;

    /// <summary>Wraps a dialect.</summary>
    /// <param name="value">For example <c>openai</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, empty or blank.</exception>
    public WireDialect(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>Chat completions, transcriptions and speech as OpenAI defined them. Groq speaks it too.</summary>
    public static WireDialect OpenAI { get; } = new("openai");

    /// <summary>ElevenLabs: voices in the path, the output's format in the query.</summary>
    public static WireDialect ElevenLabs { get; } = new("elevenlabs");

    /// <summary>The dialect as text.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
