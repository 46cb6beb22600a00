using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>
/// Follows one call from its first byte and settles it exactly once, whoever comes first: the end of the answer, a failure, or
/// the caller's leaving. Needs no request, response or token, so that nothing can end before it does.
/// </summary>
internal sealed class RequestMeter(
    string requestId,
    string operation,
    CallerKey caller,
    TimeProvider time,
    IPriceBook prices,
    IUsageSink[] sinks,
    long begun = 0
)
{
    // A token of English text is about four bytes, in the request's JSON as in the answer's.
    private const int BytesPerToken = 4;

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _start = begun == 0 ? time.GetTimestamp() : begun;
    private long _firstToken;
    private int _waits;
    private long _waitingSince;
    private long _waited;
    private List<string>? _retries;
    private TokenUsage _broken;
    private decimal? _brokenCost = 0m;
    private bool _brokenIsEstimated;
    private Action? _undo;
    private int _settled;

    public string RequestId => requestId;

    public CallerKey Caller => caller;

    public DateTimeOffset StartedAt => _startedAt;

    /// <summary>What the call took from its limits; settled with it.</summary>
    public LimitReservation? Reservation { get; set; }

    public string? Provider { get; set; }

    /// <summary>Whose prices hold; null where that isn't known.</summary>
    public ProviderKind? Kind { get; set; }

    public string? Model { get; set; }

    public bool Streamed { get; set; }

    public string? Agent { get; set; }

    public string? Conversation { get; set; }

    public string? EndUser { get; set; }

    /// <summary>Who failed before, and why.</summary>
    public string? Fallback { get; set; }

    /// <summary>Whether the answer was repeated from the cache; nothing was asked of the provider then.</summary>
    public bool Cached { get; set; }

    /// <summary>What a guard model made of the input; null where none was asked.</summary>
    public string? Screening { get; set; }

    /// <summary>How the call ended; null while it hasn't.</summary>
    public Outcome? Ended { get; private set; }

    public SpeechUsage Speech { get; set; }

    public TokenUsage Reported { get; set; }

    public string? FinishReason { get; set; }

    /// <summary>The tier that served, as the provider words it; null for the usual one.</summary>
    public string? ServiceTier { get; set; }

    /// <summary>How often the provider ran each of its own tools; null where it ran none.</summary>
    public IReadOnlyDictionary<string, long>? ToolUses { get; set; }

    /// <summary>Bytes of the request that the model reads; zero while nothing was forwarded.</summary>
    public long PromptBytes { get; set; }

    /// <summary>Bytes of the answer that the model wrote, as far as known.</summary>
    public long CompletionBytes { get; set; }

    /// <summary>An attempt failed and another follows, at the same provider or the next.</summary>
    /// <param name="reason">The code of its failure, one of few.</param>
    public void Retried(string reason) => (_retries ??= []).Add(reason);

    /// <summary>From here on the time is not ours: the provider works or the caller reads. Waits may lie within one another.</summary>
    public void BeginWait(long now)
    {
        if (_waits++ == 0)
            _waitingSince = now;
    }

    public void BeginWait() => BeginWait(time.GetTimestamp());

    public void EndWait(long now)
    {
        if (--_waits == 0)
            _waited += now - _waitingSince;
    }

    public void EndWait() => EndWait(time.GetTimestamp());

    /// <summary>Marks the first useful output; later calls change nothing.</summary>
    public void OutputBegan()
    {
        if (_firstToken == 0)
            _firstToken = time.GetTimestamp();
    }

    /// <summary>
    /// A provider broke off after a part of its answer was delivered, and another is to go on: what the first used is kept, since it may be
    /// billed.
    /// </summary>
    public void AttemptBroke()
    {
        (TokenUsage reported, long bytes, string? finish) = (Reported, CompletionBytes, FinishReason);
        (string? provider, string? model) = (Provider, Model);
        var (tier, tools) = (ServiceTier, ToolUses);
        (TokenUsage broken, decimal? cost, bool estimated) = (_broken, _brokenCost, _brokenIsEstimated);
        _undo = () =>
        {
            (Reported, CompletionBytes, FinishReason) = (reported, bytes, finish);
            (Provider, Model) = (provider, model);
            (ServiceTier, ToolUses) = (tier, tools);
            (_broken, _brokenCost, _brokenIsEstimated) = (broken, cost, estimated);
        };
        TokenUsage used = Reported.IsEmpty ? Estimate() : Reported;
        _brokenIsEstimated |= Reported.IsEmpty;
        _broken = _broken.Plus(used);
        _brokenCost += CostOf(used, default);
        (Reported, CompletionBytes, FinishReason) = (default, 0, null);
        (ServiceTier, ToolUses) = (null, null);
    }

    /// <summary>Who was to go on did not: the account is again that of the one that broke off.</summary>
    public void UndoBreak() => _undo?.Invoke();

    /// <summary>Ends the account. Only the first call counts.</summary>
    /// <param name="outcome">How the call ended.</param>
    /// <param name="status">The HTTP status that the caller got, or 0.</param>
    /// <param name="error">The code of the error that the caller got.</param>
    /// <returns>The account; null when it had ended before.</returns>
    public UsageRecord? Settle(Outcome outcome, int status, string? error = null)
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
            return null;
        Ended = outcome;
        bool estimated = Reported.IsEmpty && (PromptBytes > 0 || CompletionBytes > 0) && MayBeBilled(outcome);
        TokenUsage tokens = estimated ? Estimate() : Reported;
        SpeechUsage speech = MayBeBilled(outcome) ? Speech : default;
        TimeSpan duration = time.GetElapsedTime(_start);
        var record = new UsageRecord
        {
            RequestId = requestId,
            Operation = operation,
            Tenant = caller.Tenant,
            KeyId = caller.Id,
            KeyName = caller.Name,
            Agent = Agent,
            Conversation = Conversation,
            EndUser = EndUser,
            Provider = Provider,
            Model = Model,
            Streamed = Streamed,
            Outcome = outcome,
            Status = status,
            Error = error,
            Fallback = Fallback,
            Retries = _retries,
            Cached = Cached,
            Screening = Screening,
            Usage = tokens.Plus(_broken),
            Speech = speech,
            Estimated = estimated || _brokenIsEstimated,
            Cost = CostOf(tokens, speech) + _brokenCost,
            FinishReason = FinishReason,
            StartedAt = _startedAt,
            Duration = duration,
            FirstToken = _firstToken == 0 ? null : time.GetElapsedTime(_start, _firstToken),
            Overhead = Overhead(duration),
        };
        Reservation?.Settle(in record);
        foreach (IUsageSink sink in sinks)
            sink.Record(in record);
        return record;
    }

    private decimal? CostOf(TokenUsage tokens, SpeechUsage speech)
    {
        var usage = new BilledUsage(tokens, speech, ServiceTier, ToolUses);
        if (usage.IsEmpty)
            return 0m;
        return Provider is null || Model is null
            ? null
            : prices.CostOf(Provider, Kind, Model, in usage, DateOnly.FromDateTime(_startedAt.UtcDateTime));
    }

    private TimeSpan Overhead(TimeSpan duration)
    {
        TimeSpan own = duration - time.GetElapsedTime(0, _waited);
        return own > TimeSpan.Zero ? own : TimeSpan.Zero;
    }

    private TokenUsage Estimate()
    {
        long prompt = Tokens(PromptBytes);
        long completion = Tokens(CompletionBytes);
        return new TokenUsage(prompt, completion, prompt + completion);
    }

    private static long Tokens(long bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;

    // A provider that was never reached, or refused before its first words, computed nothing.
    private bool MayBeBilled(Outcome outcome) =>
        outcome switch
        {
            Outcome.Refused or Outcome.Unreachable or Outcome.GatewayFailed => false,
            Outcome.UpstreamRefused => _firstToken != 0,
            _ => true,
        };
}
