using System.Collections.Concurrent;
using GroqKit.Simulator.Models;

namespace GroqKit.Simulator.RateLimits;

/// <summary>Finds the account of a key and model under the plan in force.</summary>
internal sealed class RateLimiter(RateLimitPlan plan, ModelLimits? custom, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Key, string Model), RateAccount> _accounts = new();

    /// <summary>Null when the plan sets no limits.</summary>
    public RateAccount? Account(string key, Model model) =>
        plan is RateLimitPlan.Off
            ? null
            : _accounts.GetOrAdd(
                (key, model.Id),
                static (_, by) => new RateAccount(by.Limiter.Limits(by.Model), by.Limiter.Time),
                (Limiter: this, Model: model)
            );

    private TimeProvider Time => time;

    private ModelLimits Limits(Model model) =>
        plan switch
        {
            RateLimitPlan.Free => model.FreeLimits,
            RateLimitPlan.Custom => custom ?? ModelLimits.Unlimited,
            _ => model.DeveloperLimits,
        };
}
