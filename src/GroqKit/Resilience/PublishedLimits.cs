using GroqKit.Catalog;

namespace GroqKit.Resilience;

/// <summary>Finds out which plan an account is on, by the limits that its answers report.</summary>
internal static class PublishedLimits
{
    /// <summary>Null when the limits are not those of a published plan.</summary>
    public static ModelLimits? Find(string model, RateLimits reported)
    {
        if (ModelCatalog.Default.Find(model) is not { } known)
            return null;
        return Matches(known.FreeLimits, reported) ? known.FreeLimits
            : Matches(known.DeveloperLimits, reported) ? known.DeveloperLimits
            : null;
    }

    // A figure that is not published fits whatever is reported; but something must be the same.
    private static bool Matches(ModelLimits? plan, RateLimits reported) =>
        plan is not null
        && (plan.RequestsPerDay ?? reported.LimitRequests) == reported.LimitRequests
        && (plan.TokensPerMinute ?? reported.LimitTokens) == reported.LimitTokens
        && (plan.AudioSecondsPerHour ?? reported.LimitAudioSeconds) == reported.LimitAudioSeconds
        && (plan.RequestsPerDay ?? plan.TokensPerMinute ?? plan.AudioSecondsPerHour) is not null;
}
