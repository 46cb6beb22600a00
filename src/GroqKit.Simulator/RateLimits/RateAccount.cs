using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.RateLimits;

/// <summary>What one key has used of one model.</summary>
internal sealed class RateAccount
{
    private readonly Lock _gate = new();
    private readonly RateBucket[] _buckets;
    private readonly RateBucket? _requests;
    private readonly RateBucket? _tokens;

    public RateAccount(ModelLimits limits, TimeProvider time)
    {
        RateBucket? Bucket(RateLimitKind kind, int? limit) => limit is { } count ? new(kind, count, time) : null;
        _requests = Bucket(RateLimitKind.RequestsPerDay, limits.RequestsPerDay);
        _tokens = Bucket(RateLimitKind.TokensPerMinute, limits.TokensPerMinute);
        _buckets =
        [
            .. new[]
            {
                Bucket(RateLimitKind.RequestsPerMinute, limits.RequestsPerMinute),
                _requests,
                _tokens,
                Bucket(RateLimitKind.TokensPerDay, limits.TokensPerDay),
            }.OfType<RateBucket>(),
        ];
    }

    /// <summary>Charges one request with that many prompt tokens, or says why not; a refused request costs nothing.</summary>
    public ApiError? Admit(string model, int tokens)
    {
        lock (_gate)
        {
            Refill();
            foreach (RateBucket bucket in _buckets)
            {
                int amount = bucket.Kind.CountsTokens ? tokens : 1;
                if (bucket == _tokens && amount > bucket.Limit)
                    return RateLimitErrors.TooLarge(model, bucket, amount);
                if (bucket.WaitFor(amount) is var wait && wait > TimeSpan.Zero)
                    return RateLimitErrors.Reached(model, bucket, amount, wait);
            }

            Charge(requests: 1, tokens);
            return null;
        }
    }

    /// <summary>Charges tokens that were not known at admission; may push the account above its limit.</summary>
    public void Settle(int tokens)
    {
        lock (_gate)
        {
            Refill();
            Charge(requests: 0, tokens);
        }
    }

    public void WriteHeaders(IHeaderDictionary headers)
    {
        lock (_gate)
        {
            Refill();
            if (_requests is not null)
            {
                headers["x-ratelimit-limit-requests"] = _requests.Limit.ToString();
                headers["x-ratelimit-remaining-requests"] = _requests.Remaining.ToString();
                headers["x-ratelimit-reset-requests"] = GoDuration.Format(_requests.Reset);
            }

            if (_tokens is not null)
            {
                headers["x-ratelimit-limit-tokens"] = _tokens.Limit.ToString();
                headers["x-ratelimit-remaining-tokens"] = _tokens.Remaining.ToString();
                headers["x-ratelimit-reset-tokens"] = GoDuration.Format(_tokens.Reset);
            }
        }
    }

    private void Refill()
    {
        foreach (RateBucket bucket in _buckets)
            bucket.Refill();
    }

    private void Charge(int requests, int tokens)
    {
        foreach (RateBucket bucket in _buckets)
            bucket.Take(bucket.Kind.CountsTokens ? tokens : requests);
    }
}
