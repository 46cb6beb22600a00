using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>The endpoint of a line of a batch, without its host.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<BatchEndpoint>))]
public readonly record struct BatchEndpoint(string Value) : IStringValue<BatchEndpoint>
{
    private static readonly BatchEndpoint[] KnownValues =
    [
        new("/v1/chat/completions"),
        new("/v1/audio/transcriptions"),
        new("/v1/audio/translations"),
    ];

    /// <summary>Chat completions.</summary>
    public static BatchEndpoint ChatCompletions => KnownValues[0];

    /// <summary>Transcription. The audio is given by address.</summary>
    public static BatchEndpoint Transcriptions => KnownValues[1];

    /// <summary>Translation into English. The audio is given by address.</summary>
    public static BatchEndpoint Translations => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<BatchEndpoint> Known => KnownValues;

    /// <inheritdoc/>
    public static BatchEndpoint Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator BatchEndpoint(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
