namespace GroqKit.Gateway.Services.Usage;

/// <summary>The account of one call, written exactly once when the call ends. Holds no content.</summary>
/// <param name="RequestId">The <c>x-request-id</c> of the answer.</param>
/// <param name="Operation">One of <see cref="Usage.Operation"/>.</param>
/// <param name="KeyId">The caller's key, by its id.</param>
/// <param name="Provider">Null when the call was refused before a provider was chosen.</param>
/// <param name="Model">The model the provider was asked for.</param>
/// <param name="Streamed">True when the caller asked for a stream.</param>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Status">The HTTP status the caller got; 0 when it left before there was one.</param>
/// <param name="Usage">Tokens; see <paramref name="Estimated"/>.</param>
/// <param name="Estimated">True when the provider gave no figures and the tokens are reckoned from bytes.</param>
/// <param name="FinishReason">Why the model stopped, as the provider words it.</param>
/// <param name="StartedAt">When the request's headers had been read.</param>
/// <param name="Duration">From <paramref name="StartedAt"/> to the end.</param>
/// <param name="FirstToken">From <paramref name="StartedAt"/> to the first useful output; null when there was none.</param>
/// <param name="Overhead">The part of <paramref name="Duration"/> not spent waiting for provider or caller.</param>
internal readonly record struct UsageRecord(
    string RequestId,
    string Operation,
    string KeyId,
    string? Provider,
    string? Model,
    bool Streamed,
    Outcome Outcome,
    int Status,
    TokenUsage Usage,
    bool Estimated,
    string? FinishReason,
    DateTimeOffset StartedAt,
    TimeSpan Duration,
    TimeSpan? FirstToken,
    TimeSpan Overhead
);
