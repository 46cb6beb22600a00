using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>How far a response, or an item of it, is.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponseStatus>))]
public readonly record struct ResponseStatus(string Value) : IStringValue<ResponseStatus>
{
    private static readonly ResponseStatus[] KnownValues =
    [
        new("completed"),
        new("failed"),
        new("in_progress"),
        new("incomplete"),
        new("queued"),
        new("cancelled"),
    ];

    /// <summary>It is whole.</summary>
    public static ResponseStatus Completed => KnownValues[0];

    /// <summary>It broke; the error says why.</summary>
    public static ResponseStatus Failed => KnownValues[1];

    /// <summary>It is being written.</summary>
    public static ResponseStatus InProgress => KnownValues[2];

    /// <summary>It was cut; the details say why.</summary>
    public static ResponseStatus Incomplete => KnownValues[3];

    /// <summary>It waits. Not at Groq.</summary>
    public static ResponseStatus Queued => KnownValues[4];

    /// <summary>It was cancelled. Not at Groq.</summary>
    public static ResponseStatus Cancelled => KnownValues[5];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponseStatus> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponseStatus Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponseStatus(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
