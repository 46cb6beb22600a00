namespace GroqKit.Providers.Wire;

/// <summary>Something that bytes can be forwarded for: one of the values below, or that of a registered kind.</summary>
public readonly record struct WireOperation
{
    private readonly string? _value;

    /// <summary>Wraps an operation.</summary>
    /// <param name="value">For example <c>chat</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, empty or blank.</exception>
    public WireOperation(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>Chat completions.</summary>
    public static WireOperation Chat { get; } = new("chat");

    /// <summary>Speech to text in the language spoken.</summary>
    public static WireOperation Transcription { get; } = new("transcription");

    /// <summary>Speech to English text.</summary>
    public static WireOperation Translation { get; } = new("translation");

    /// <summary>Text to speech. The path may hold <c>{voice}</c>.</summary>
    public static WireOperation Speech { get; } = new("speech");

    /// <summary>Texts to vectors.</summary>
    public static WireOperation Embeddings { get; } = new("embeddings");

    /// <summary>The list of models.</summary>
    public static WireOperation Models { get; } = new("models");

    /// <summary>The operation as text.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
