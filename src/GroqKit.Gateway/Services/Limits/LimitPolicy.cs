using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>
/// All limits of one key, agent or end user. Written as
/// <c>{"requests": {"minute": 100}, "cost": {"month": 20.5}}</c>; what isn't named is not limited. Immutable; two policies with the
/// same limits are equal.
/// </summary>
[JsonConverter(typeof(LimitPolicyConverter))]
internal sealed record LimitPolicy
{
    /// <param name="limits">At most one for each pair of unit and window.</param>
    /// <exception cref="ArgumentException">A pair is there twice, or an amount is out of range.</exception>
    public LimitPolicy(params IEnumerable<Limit> limits)
    {
        Limits = [.. limits.OrderBy(limit => limit.Unit).ThenBy(limit => limit.Window)];
        for (int i = 0; i < Limits.Length; i++)
        {
            Limit limit = Limits[i];
            if (limit.Amount is < 0 or > Limit.MaxAmount)
                throw new ArgumentException(
                    $"The limit of {limit.Unit} per {limit.Window} is out of range.",
                    nameof(limits)
                );
            if (i > 0 && (Limits[i - 1].Unit, Limits[i - 1].Window) == (limit.Unit, limit.Window))
                throw new ArgumentException($"{limit.Unit} per {limit.Window} is limited twice.", nameof(limits));
        }
    }

    /// <summary>No limit at all.</summary>
    public static LimitPolicy Unlimited { get; } = new();

    /// <summary>In the order of unit and window.</summary>
    public ImmutableArray<Limit> Limits { get; }

    public bool IsUnlimited => Limits.IsEmpty;

    public bool Equals(LimitPolicy? other) => other is not null && Limits.SequenceEqual(other.Limits);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (Limit limit in Limits)
            hash.Add(limit);
        return hash.ToHashCode();
    }
}
