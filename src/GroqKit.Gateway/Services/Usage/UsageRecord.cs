using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>The account of one call, written exactly once when the call ends. Holds no content.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UsageRecord
{
    /// <summary>The <c>x-request-id</c> of the answer. Unique, so storing a record twice changes nothing.</summary>
    public required string RequestId { get; init; }

    /// <summary>One of <see cref="Usage.Operation"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>Whose call it is.</summary>
    public required string Tenant { get; init; }

    /// <summary>The caller's key, by its id.</summary>
    public required string KeyId { get; init; }

    /// <summary>The key's name for people; on spans and in the log, not in reports.</summary>
    public string? KeyName { get; init; }

    /// <summary>The agent that was called; null when the caller named a model.</summary>
    public string? Agent { get; init; }

    /// <summary>The conversation that the caller says the call belongs to.</summary>
    public string? Conversation { get; init; }

    /// <summary>The caller's own user on whose behalf it calls.</summary>
    public string? EndUser { get; init; }

    /// <summary>Null when the call was refused before a provider was chosen.</summary>
    public string? Provider { get; init; }

    /// <summary>The model the provider was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>True when the caller asked for a stream.</summary>
    public bool Streamed { get; init; }

    /// <summary>How the call ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The HTTP status the caller got; 0 when it left before there was one.</summary>
    public required int Status { get; init; }

    /// <summary>The code of the error the caller got; null when it got none.</summary>
    public string? Error { get; init; }

    /// <summary>Who failed before the provider that answered, and why; null when the first one answered.</summary>
    public string? Fallback { get; init; }

    /// <summary>Why each attempt before the last one failed; null when there was one attempt. For metrics, not in reports.</summary>
    public IReadOnlyList<string>? Retries { get; init; }

    /// <summary>True when the answer was repeated from the cache: no tokens, no cost, and no news of the provider.</summary>
    public bool Cached { get; init; }

    /// <summary>What a guard model made of the input; null where none was asked.</summary>
    public string? Screening { get; init; }

    /// <summary>Tokens; see <see cref="Estimated"/>.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>Audio and characters.</summary>
    public SpeechUsage Speech { get; init; }

    /// <summary>True when the provider gave no figures and they are reckoned from bytes.</summary>
    public bool Estimated { get; init; }

    /// <summary>US dollars; null when something was used whose price isn't known, never zero for that.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Why the model stopped, as the provider words it.</summary>
    public string? FinishReason { get; init; }

    /// <summary>When the request's headers had been read.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>From <see cref="StartedAt"/> to the end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From <see cref="StartedAt"/> to the first useful output; null when there was none.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>The part of <see cref="Duration"/> not spent waiting for provider or caller.</summary>
    public TimeSpan Overhead { get; init; }
}
