using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>What a response answers: a text of the user, or a list of items.</summary>
[JsonConverter(typeof(ResponseInputConverter))]
public readonly record struct ResponseInput
{
    private readonly object? _value;

    /// <summary>A text of the user.</summary>
    /// <param name="text">The text.</param>
    public ResponseInput(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _value = text;
    }

    /// <summary>The items so far.</summary>
    /// <param name="items">At least one item.</param>
    public ResponseInput(IReadOnlyList<ResponseItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        _value = items;
    }

    /// <summary>The text; null when the input is a list of items.</summary>
    public string? Text => _value as string;

    /// <summary>The items; null when the input is a text.</summary>
    public IReadOnlyList<ResponseItem>? Items => _value as IReadOnlyList<ResponseItem>;

    /// <summary>A text of the user.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ResponseInput(string text) => new(text);

    /// <summary>Several items.</summary>
    /// <param name="items">The items.</param>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the named alternative.")]
    public static implicit operator ResponseInput(ResponseItem[] items) => new(items);
}
