using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit;

/// <summary>One text, or several.</summary>
[JsonConverter(typeof(TextInputConverter))]
public readonly record struct TextInput
{
    private readonly object? _value;

    /// <summary>One text.</summary>
    /// <param name="text">The text.</param>
    public TextInput(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _value = text;
    }

    /// <summary>Several texts.</summary>
    /// <param name="texts">The texts.</param>
    public TextInput(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _value = texts;
    }

    /// <summary>The text; null when there are several.</summary>
    public string? Text => _value as string;

    /// <summary>The texts; null when there is one.</summary>
    public IReadOnlyList<string>? Texts => _value as IReadOnlyList<string>;

    /// <summary>One text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator TextInput(string text) => new(text);

    /// <summary>Several texts.</summary>
    /// <param name="texts">The texts.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    public static implicit operator TextInput(string[] texts) => new(texts);
}
