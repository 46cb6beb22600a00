using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Files;

/// <summary>What a file is for.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<FilePurpose>))]
public readonly record struct FilePurpose(string Value) : IStringValue<FilePurpose>
{
    private static readonly FilePurpose[] KnownValues = [new("batch"), new("batch_output"), new("fine_tuning")];

    /// <summary>The input of a batch: JSON lines.</summary>
    public static FilePurpose Batch => KnownValues[0];

    /// <summary>The results of a batch; set by Groq only.</summary>
    public static FilePurpose BatchOutput => KnownValues[1];

    /// <summary>A LoRA adapter as a zip archive. Closed beta.</summary>
    public static FilePurpose FineTuning => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<FilePurpose> Known => KnownValues;

    /// <inheritdoc/>
    public static FilePurpose Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator FilePurpose(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
