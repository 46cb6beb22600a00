using System.Globalization;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>How a limit that has no room reads for the caller.</summary>
internal static class LimitErrors
{
    // Clients that retry by themselves wait this long at most; a longer wait is for a person.
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);

    public static GatewayException Refused(LimitRefusal refusal)
    {
        if (refusal.Needed is not { } needed)
            return new GatewayException(
                new GatewayError(
                    403,
                    ErrorTypes.InvalidRequest,
                    "price_unknown",
                    $"What this model costs isn't known, so {Whose(refusal.Scope)} with a limit on cost may not call it.",
                    "model"
                ),
                Outcome.Refused
            );
        if (refusal.Take.Unavailable)
            return new GatewayException(
                new GatewayError(
                    503,
                    ErrorTypes.Server,
                    "limits_unavailable",
                    $"What is left of the limit on {LimitPolicyJson.NameOf(refusal.Limit.Unit)} can't be known now, so the call isn't made. Try again."
                ),
                Outcome.Refused
            )
            {
                RetryAfter = "1",
            };
        return Exceeded(refusal, needed);
    }

    private static GatewayException Exceeded(LimitRefusal refusal, decimal needed)
    {
        Limit limit = refusal.Limit;
        bool money = limit.Unit == LimitUnit.Cost;
        string unit = LimitPolicyJson.NameOf(limit.Unit);
        decimal left = LimitAmounts.Unscale(limit.Unit, refusal.Take.Remaining);
        string limited = money
            ? $"${Text(limit.Amount)} per {LimitPolicyJson.NameOf(limit.Window)}"
            : $"{Text(limit.Amount)} {unit} per {LimitPolicyJson.NameOf(limit.Window)}";
        TimeSpan? wait = refusal.Take.RetryAfter;
        string? seconds = wait is { } known ? Text((decimal)Math.Ceiling(known.TotalSeconds)) : null;
        string message =
            $"The limit of this {refusal.Scope.ToString().ToLowerInvariant()} is {limited}; {Text(left)} {(money ? "dollars" : unit)} are left and the call may need {Text(needed)}. "
            + (seconds is null ? "Ask for less." : $"Try again in {seconds} seconds.");
        List<KeyValuePair<string, string>> headers =
        [
            new($"x-ratelimit-limit-{unit.ToLowerInvariant()}", Text(limit.Amount)),
            new($"x-ratelimit-remaining-{unit.ToLowerInvariant()}", Text(left)),
            new(
                "x-groqkit-limit",
                $"{refusal.Scope.ToString().ToLowerInvariant()}; {unit}; {LimitPolicyJson.NameOf(limit.Window)}"
            ),
        ];
        if (seconds is not null)
            headers.Add(new($"x-ratelimit-reset-{unit.ToLowerInvariant()}", seconds + "s"));
        if (wait is null || wait > LongestRetry)
            headers.Add(new("x-should-retry", "false"));
        return new GatewayException(
            new GatewayError(
                429,
                money ? "insufficient_quota" : unit,
                money ? "insufficient_quota" : "rate_limit_exceeded",
                message
            ),
            Outcome.Refused
        )
        {
            RetryAfter = seconds,
            Headers = headers,
        };
    }

    private static string Whose(LimitScope scope) =>
        scope switch
        {
            LimitScope.Key => "a key",
            LimitScope.Agent => "an agent",
            _ => "a user",
        };

    private static string Text(decimal amount) => amount.ToString("0.#########", CultureInfo.InvariantCulture);
}
