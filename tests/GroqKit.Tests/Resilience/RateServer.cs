namespace GroqKit.Tests.Resilience;

/// <summary>
/// A server's side of rate limits, written apart from the client's: limits that refill evenly or by windows, headers for some of them, and
/// the refusals' texts.
/// </summary>
internal sealed class RateServer(ManualTimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();
    private readonly List<Limit> _limits = [];
    private double _lastAdmittedAt;

    public double TokensAdmitted { get; private set; }

    public int Admitted { get; private set; }

    public int Refused { get; private set; }

    public double Now => time.GetElapsedTime(_origin).TotalSeconds;

    public RateServer With(string abbreviation, double amount, bool windows = false)
    {
        _limits.Add(new Limit(abbreviation, amount, windows));
        return this;
    }

    /// <summary>Charges the prompt, or says why not.</summary>
    public (RateLimits Headers, GroqRateLimitException? Refusal) Admit(double promptTokens)
    {
        foreach (Limit limit in _limits)
        {
            limit.Refill(Now);
            double amount = limit.CountsTokens ? promptTokens : 1;
            if (limit.Used + amount <= limit.Amount + 1e-6)
                continue;
            Refused++;
            TimeSpan wait = limit.WaitFor(amount, Now);
            string text =
                $"Rate limit reached for model `m` in organization `org_x` service tier `on_demand` on {limit.Abbreviation} "
                + $"({limit.Abbreviation}): Limit {limit.Amount}, Used {Math.Ceiling(limit.Used)}, Requested {amount}. "
                + $"Please try again in {wait.TotalSeconds:0.#########}s. Need more? Upgrade.";
            TimeSpan header = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
            RateLimits headers = Headers();
            return (
                headers,
                new GroqRateLimitException(text, new ErrorDetails { RetryAfter = header, RateLimits = headers })
            );
        }
        Admitted++;
        _lastAdmittedAt = Now;
        Charge(1, promptTokens);
        return (Headers(), null);
    }

    /// <summary>Charges the answer, which may push a limit over its edge.</summary>
    public void Complete(double answerTokens) => Charge(0, answerTokens);

    public RateLimits Headers()
    {
        Limit? requests = Find("RPD");
        Limit? tokens = Find("TPM");
        return new RateLimits
        {
            LimitRequests = (long?)requests?.Amount,
            RemainingRequests = requests?.Remaining,
            ResetRequests = requests?.Reset(Now),
            LimitTokens = (long?)tokens?.Amount,
            RemainingTokens = tokens?.Remaining,
            ResetTokens = tokens?.Reset(Now),
        };
    }

    /// <summary>How much of what a limit could have given until the last call was admitted was used.</summary>
    public double ShareUsed(string abbreviation)
    {
        Limit limit = Find(abbreviation)!;
        double used = limit.CountsTokens ? TokensAdmitted : Admitted;
        return Math.Min(1, used / limit.Offered(_lastAdmittedAt));
    }

    private Limit? Find(string abbreviation)
    {
        Limit? found = _limits.Find(limit => limit.Abbreviation == abbreviation);
        found?.Refill(Now);
        return found;
    }

    private void Charge(int requests, double tokens)
    {
        TokensAdmitted += tokens;
        foreach (Limit limit in _limits)
        {
            limit.Refill(Now);
            limit.Used += limit.CountsTokens ? tokens : requests;
        }
    }

    private sealed class Limit(string abbreviation, double amount, bool windows)
    {
        private readonly double _period = abbreviation.EndsWith('M') ? 60 : 86_400;
        private double _at;

        public string Abbreviation => abbreviation;

        public double Amount => amount;

        public bool CountsTokens => abbreviation.StartsWith('T');

        public double Used { get; set; }

        public long Remaining => (long)Math.Max(0, Math.Floor(amount - Used));

        public void Refill(double now)
        {
            if (windows)
            {
                if (Math.Floor(now / _period) > Math.Floor(_at / _period))
                    Used = 0;
            }
            else
            {
                Used = Math.Max(0, Used - (now - _at) * amount / _period);
            }
            _at = now;
        }

        public TimeSpan WaitFor(double wanted, double now) =>
            windows
                ? TimeSpan.FromSeconds(_period - now % _period)
                : TimeSpan.FromSeconds((Used + wanted - amount) / amount * _period);

        public TimeSpan Reset(double now) =>
            TimeSpan.FromSeconds(windows ? _period - now % _period : Used / amount * _period);

        public double Offered(double now) =>
            amount * (windows ? Math.Max(1, Math.Floor(now / _period)) : 1 + now / _period);
    }
}
