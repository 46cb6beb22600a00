using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Batches;

/// <summary>Many requests that are done within a day or a week, at half the price. Times are in Unix seconds, null until they come.</summary>
public sealed record Batch : GroqResponse
{
    /// <summary><c>batch_…</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>batch</c>.</summary>
    public string Object { get; set; } = "batch";

    /// <summary>The endpoint that it was created for; its lines may name others.</summary>
    public BatchEndpoint Endpoint { get; set; }

    /// <summary>What is wrong with its input; null when nothing is.</summary>
    [JsonConverter(typeof(BatchErrorsConverter))]
    public IReadOnlyList<BatchError>? Errors
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Its requests.</summary>
    public string InputFileId { get; set; } = "";

    /// <summary>How long it may take, such as <c>24h</c>.</summary>
    public string CompletionWindow { get; set; } = "";

    /// <summary>How far it is.</summary>
    public BatchStatus Status { get; set; }

    /// <summary>The results of requests that succeeded; null until there are some.</summary>
    public string? OutputFileId { get; set; }

    /// <summary>The errors of requests that failed or expired; null until there are some.</summary>
    public string? ErrorFileId { get; set; }

    /// <summary>When it was created.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it began to run.</summary>
    public long? InProgressAt { get; set; }

    /// <summary>When its window ends.</summary>
    public long? ExpiresAt { get; set; }

    /// <summary>When its results began to be written.</summary>
    public long? FinalizingAt { get; set; }

    /// <summary>When it was completed.</summary>
    public long? CompletedAt { get; set; }

    /// <summary>When it failed.</summary>
    public long? FailedAt { get; set; }

    /// <summary>When its window ran out.</summary>
    public long? ExpiredAt { get; set; }

    /// <summary>When cancelling began.</summary>
    public long? CancellingAt { get; set; }

    /// <summary>When it was cancelled.</summary>
    public long? CancelledAt { get; set; }

    /// <summary>How many of its requests are where.</summary>
    public BatchCounts? RequestCounts { get; set; }

    /// <summary>The pairs that it was created with.</summary>
    [JsonPropertyName("metadata")]
    public IReadOnlyDictionary<string, string>? Pairs { get; set; }
}
