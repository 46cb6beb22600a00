namespace GroqKit.Catalog;

/// <summary>What a model is for: one of the values below, or a word that a later catalogue introduces.</summary>
/// <remarks>Compared ordinally. The default value is an empty string and equals none of the named ones.</remarks>
public readonly record struct ModelKind
{
    private readonly string? _value;

    /// <summary>Wraps a kind as the catalogue's data spells it.</summary>
    /// <param name="value">For example <c>chat</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, empty or blank.</exception>
    public ModelKind(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>Chat completions.</summary>
    public static ModelKind Chat { get; } = new("chat");

    /// <summary>Speech to text.</summary>
    public static ModelKind Transcription { get; } = new("transcription");

    /// <summary>Text to speech.</summary>
    public static ModelKind Speech { get; } = new("speech");

    /// <summary>Judges text (safety, prompt injection), over chat completions.</summary>
    public static ModelKind Guard { get; } = new("guard");

    /// <summary>Text to vectors.</summary>
    public static ModelKind Embedding { get; } = new("embedding");

    /// <summary>Nothing says what the model is for.</summary>
    public static ModelKind Unknown { get; } = new("unknown");

    /// <summary>The kind as text.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
