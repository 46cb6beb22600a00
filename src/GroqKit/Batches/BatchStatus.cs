using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>How far a batch is.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<BatchStatus>))]
public readonly record struct BatchStatus(string Value) : IStringValue<BatchStatus>
{
    private static readonly BatchStatus[] KnownValues =
    [
        new("validating"),
        new("failed"),
        new("in_progress"),
        new("finalizing"),
        new("completed"),
        new("expired"),
        new("cancelling"),
        new("cancelled"),
    ];

    /// <summary>Its file is being checked.</summary>
    public static BatchStatus Validating => KnownValues[0];

    /// <summary>Its file is not valid; the errors say why. Final.</summary>
    public static BatchStatus Failed => KnownValues[1];

    /// <summary>It runs.</summary>
    public static BatchStatus InProgress => KnownValues[2];

    /// <summary>Its results are being written.</summary>
    public static BatchStatus Finalizing => KnownValues[3];

    /// <summary>Its results are ready. Final.</summary>
    public static BatchStatus Completed => KnownValues[4];

    /// <summary>Its window ran out; the results of finished lines are ready. Final.</summary>
    public static BatchStatus Expired => KnownValues[5];

    /// <summary>It is being cancelled, which takes up to 10 minutes.</summary>
    public static BatchStatus Cancelling => KnownValues[6];

    /// <summary>It was cancelled; there may be results of finished lines. Final.</summary>
    public static BatchStatus Cancelled => KnownValues[7];

    /// <summary>Whether nothing more will change. An unknown word is not final.</summary>
    public bool IsFinal => this == Completed || this == Failed || this == Expired || this == Cancelled;

    /// <inheritdoc/>
    public static ReadOnlySpan<BatchStatus> Known => KnownValues;

    /// <inheritdoc/>
    public static BatchStatus Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator BatchStatus(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
