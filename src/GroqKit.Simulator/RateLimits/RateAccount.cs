using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.RateLimits;

/// <summary>What one key has used of one model.</summary>
internal sealed class RateAccount
{
    private readonly Lock _gate = new();
    private readonly RateBucket[] _buckets;

    // Only these are reported in headers; the others show in the text of a 429.
    private readonly (string Name, RateBucket Bucket)[] _reported;

    /// <param name="limits">The limits; what is null has none.</param>
    /// <param name="perMinute">Whether the headers tell of the requests of a minute, as OpenAI's do, instead of a day.</param>
    /// <param name="time">The clock.</param>
    public RateAccount(ModelLimits limits, bool perMinute, TimeProvider time)
    {
        RateBucket? Bucket(RateLimitKind kind, int? limit) => limit is { } count ? new(kind, count, time) : null;
        RateBucket? minute = Bucket(RateLimitKind.RequestsPerMinute, limits.RequestsPerMinute);
        RateBucket? day = Bucket(RateLimitKind.RequestsPerDay, limits.RequestsPerDay);
        RateBucket? requests = perMinute ? minute : day;
        RateBucket? tokens = Bucket(RateLimitKind.TokensPerMinute, limits.TokensPerMinute);
        RateBucket? audio = Bucket(RateLimitKind.AudioSecondsPerHour, limits.AudioSecondsPerHour);
        _buckets =
        [
            .. new[]
            {
                minute,
                day,
                tokens,
                Bucket(RateLimitKind.TokensPerDay, limits.TokensPerDay),
                audio,
                Bucket(RateLimitKind.AudioSecondsPerDay, limits.AudioSecondsPerDay),
            }.OfType<RateBucket>(),
        ];
        _reported =
        [
            .. new (string, RateBucket?)[] { ("requests", requests), ("tokens", tokens), ("audio-seconds", audio) }
                .Where(entry => entry.Item2 is not null)
                .Select(entry => (entry.Item1, entry.Item2!)),
        ];
    }

    /// <summary>Charges one request, or says why not; a refused request costs nothing.</summary>
    public ApiError? Admit(string model, RateCost cost)
    {
        lock (_gate)
        {
            Refill();
            foreach (RateBucket bucket in _buckets)
            {
                int amount = cost.Of(bucket.Kind.Unit);
                bool isReported = _reported.Any(entry => entry.Bucket == bucket);
                if (isReported && amount > bucket.Limit)
                    return RateLimitErrors.TooLarge(model, bucket, amount);
                if (bucket.WaitFor(amount) is var wait && wait > TimeSpan.Zero)
                    return RateLimitErrors.Reached(model, bucket, amount, wait);
            }

            foreach (RateBucket bucket in _buckets)
                bucket.Take(cost.Of(bucket.Kind.Unit));
            return null;
        }
    }

    /// <summary>Charges tokens that were not known at admission; may push the account above its limit.</summary>
    public void Settle(int tokens)
    {
        lock (_gate)
        {
            Refill();
            foreach (RateBucket bucket in _buckets)
                bucket.Take(bucket.Kind.Unit is RateUnit.Tokens ? tokens : 0);
        }
    }

    public void WriteHeaders(IHeaderDictionary headers)
    {
        lock (_gate)
        {
            Refill();
            foreach ((string name, RateBucket bucket) in _reported)
            {
                headers[$"x-ratelimit-limit-{name}"] = bucket.Limit.ToString();
                headers[$"x-ratelimit-remaining-{name}"] = bucket.Remaining.ToString();
                headers[$"x-ratelimit-reset-{name}"] =
                    // Headers are ASCII, which Go's sign for microseconds is not.
                    GoDuration.Format(bucket.Reset).Replace('µ', 'u');
            }
        }
    }

    private void Refill()
    {
        foreach (RateBucket bucket in _buckets)
            bucket.Refill();
    }
}
