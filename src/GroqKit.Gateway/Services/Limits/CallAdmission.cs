using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>
/// Asks all limits that a call falls under, before it is made. Tokens are reserved as they are expected, because a call that needs
/// less would be refused for nothing; money is reserved as it can be at most, because nobody gives it back.
/// </summary>
internal sealed class CallAdmission(Limiter limiter, IPriceBook prices, TimeProvider time)
{
    // Of English text; the meter estimates with the same figure.
    private const int ExpectedBytesPerToken = 4;

    // Hardly any text has more tokens than half its bytes.
    private const int LeastBytesPerToken = 2;

    private const long ExpectedCompletion = 1024;

    // For models of which no maximum is known.
    private const long LongestCompletion = 65_536;

    /// <param name="meter">The account of the call.</param>
    /// <param name="agent">The agent that is called; null when a model is.</param>
    /// <param name="needs">What the call needs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.GatewayException">A limit has no room for the call.</exception>
    public ValueTask AdmitAsync(RequestMeter meter, Agent? agent, CallNeeds needs, CancellationToken cancellationToken)
    {
        CallerKey caller = meter.Caller;
        LimitPolicy users = meter.EndUser is null ? LimitPolicy.Unlimited : caller.UserLimits;
        return caller.Limits.IsUnlimited && users.IsUnlimited && agent is not { Limits.IsUnlimited: false }
            ? ValueTask.CompletedTask
            : AdmitAsync(meter, caller, users, agent, needs, cancellationToken);
    }

    private async ValueTask AdmitAsync(
        RequestMeter meter,
        CallerKey caller,
        LimitPolicy users,
        Agent? agent,
        CallNeeds needs,
        CancellationToken cancellationToken
    )
    {
        LimitAmounts amounts = AmountsOf(meter, needs) with { Requests = needs.IsPart ? 0 : 1 };
        var reservation = new LimitReservation();
        LimitRefusal? refusal =
            await limiter.ReserveAsync(
                new LimitSubject(LimitScope.Key, "", caller.Id),
                caller.Limits,
                amounts,
                reservation,
                cancellationToken
            )
            ?? await limiter.ReserveAsync(
                new LimitSubject(LimitScope.User, caller.Id, meter.EndUser ?? ""),
                users,
                amounts,
                reservation,
                cancellationToken
            )
            ?? await limiter.ReserveAsync(
                new LimitSubject(LimitScope.Agent, agent?.Tenant ?? "", agent?.Name ?? ""),
                agent?.Limits ?? LimitPolicy.Unlimited,
                amounts,
                reservation,
                cancellationToken
            );
        if (refusal is null)
        {
            meter.Reservation = reservation;
            return;
        }
        reservation.Cancel();
        throw LimitErrors.Refused(refusal);
    }

    private LimitAmounts AmountsOf(RequestMeter meter, CallNeeds needs)
    {
        if (needs.IsSpeech)
            return OfSpeech(meter, needs);
        if (needs.Choices == 0)
            return new LimitAmounts(1, 0, 0, 0, 0);
        long expected =
            RoundUp(needs.PromptBytes, ExpectedBytesPerToken)
            + (needs.MaxCompletionTokens ?? ExpectedCompletion) * needs.Choices;
        long? most = null;
        if (meter is { Provider: { } provider, Model: { } model })
        {
            long longest = prices.LongestAnswer(provider, meter.Kind, model) ?? LongestCompletion;
            long prompt = RoundUp(needs.PromptBytes, LeastBytesPerToken);
            long completion = Math.Min(needs.MaxCompletionTokens ?? longest, longest) * needs.Choices;
            most = LimitAmounts.ToNano(
                prices.CostOf(
                    provider,
                    meter.Kind,
                    model,
                    new BilledUsage(new TokenUsage(prompt, completion, prompt + completion), default),
                    DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)
                )
            );
        }
        return new LimitAmounts(1, expected, 0, 0, most);
    }

    private LimitAmounts OfSpeech(RequestMeter meter, CallNeeds needs)
    {
        var speech = new SpeechUsage(
            needs.Audio > TimeSpan.Zero ? needs.Audio : null,
            needs.AudioBytes,
            needs.Characters,
            AudioOut: null
        );
        decimal? cost = meter is { Provider: { } provider, Model: { } model }
            ? prices.CostOf(
                provider,
                meter.Kind,
                model,
                new BilledUsage(default, speech),
                DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)
            )
            : null;
        return new LimitAmounts(1, 0, (long)needs.Audio.TotalMilliseconds, needs.Characters, LimitAmounts.ToNano(cost));
    }

    private static long RoundUp(long bytes, int perToken) => (bytes + perToken - 1) / perToken;
}
