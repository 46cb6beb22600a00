using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>The content of an item: a text or a list of parts.</summary>
[JsonConverter(typeof(ResponseContentConverter))]
public readonly record struct ResponseContent
{
    private readonly object? _value;

    /// <summary>A text.</summary>
    /// <param name="text">The text; may be empty.</param>
    public ResponseContent(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _value = text;
    }

    /// <summary>A list of parts.</summary>
    /// <param name="parts">The parts.</param>
    public ResponseContent(IReadOnlyList<ResponsePart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _value = parts;
    }

    /// <summary>The text; null when the content is a list of parts.</summary>
    public string? Text => _value as string;

    /// <summary>The parts; null when the content is a text.</summary>
    public IReadOnlyList<ResponsePart>? Parts => _value as IReadOnlyList<ResponsePart>;

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ResponseContent(string text) => new(text);

    /// <summary>Several parts.</summary>
    /// <param name="parts">The parts.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    public static implicit operator ResponseContent(ResponsePart[] parts) => new(parts);

    /// <summary>The text, or the texts of all parts joined.</summary>
    public override string ToString() => Text ?? string.Concat(Parts?.Select(part => part.Text) ?? []);
}
