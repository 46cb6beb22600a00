using System.Collections.Concurrent;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.RateLimits;

/// <summary>Finds the account of a key and model under the plan in force.</summary>
internal sealed class RateLimiter(RateLimitPlan plan, ModelLimits? custom, TimeProvider time, bool perMinute = false)
{
    private readonly ConcurrentDictionary<(string Key, string Model), RateAccount> _accounts = new();

    /// <summary>Charges a request and writes the headers; null when the plan sets no limits.</summary>
    /// <exception cref="ApiException">A limit is reached.</exception>
    public RateAccount? Admit(Exchange exchange, Model model, RateCost cost)
    {
        RateAccount? account = Account(exchange.Key, model);
        ApiError? refused = account?.Admit(model.Id, cost);
        account?.WriteHeaders(exchange.Http.Response.Headers);
        return refused is null ? account : throw new ApiException(refused);
    }

    private RateAccount? Account(string key, Model model) =>
        plan is RateLimitPlan.Off
            ? null
            : _accounts.GetOrAdd(
                (key, model.Id),
                static (_, by) => new RateAccount(by.Limiter.Limits(by.Model), by.Limiter.PerMinute, by.Limiter.Time),
                (Limiter: this, Model: model)
            );

    private TimeProvider Time => time;

    private bool PerMinute => perMinute;

    private ModelLimits Limits(Model model) =>
        plan switch
        {
            RateLimitPlan.Free => model.FreeLimits,
            RateLimitPlan.Custom => custom ?? ModelLimits.Unlimited,
            _ => model.DeveloperLimits,
        };
}
