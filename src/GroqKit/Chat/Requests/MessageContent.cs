using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>The content of a message: a text or a list of parts.</summary>
[JsonConverter(typeof(MessageContentConverter))]
public readonly record struct MessageContent
{
    private readonly object? _value;

    /// <summary>A text.</summary>
    /// <param name="text">The text; may be empty.</param>
    public MessageContent(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _value = text;
    }

    /// <summary>A list of parts.</summary>
    /// <param name="parts">At least one part.</param>
    public MessageContent(IReadOnlyList<ContentPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _value = parts;
    }

    /// <summary>The text; null when the content is a list of parts.</summary>
    public string? Text => _value as string;

    /// <summary>The parts; null when the content is a text.</summary>
    public IReadOnlyList<ContentPart>? Parts => _value as IReadOnlyList<ContentPart>;

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator MessageContent(string text) => new(text);

    /// <summary>Several parts.</summary>
    /// <param name="parts">The parts.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    public static implicit operator MessageContent(ContentPart[] parts) => new(parts);

    /// <inheritdoc/>
    public override string ToString() =>
        Text ?? string.Concat(Parts?.Where(part => part.Text is not null).Select(part => part.Text) ?? []);
}
