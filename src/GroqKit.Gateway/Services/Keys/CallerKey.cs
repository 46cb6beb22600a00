using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>A caller's key as the gateway keeps it: never the key itself.</summary>
/// <param name="Id">The name used in records; not secret.</param>
/// <param name="Name">For people.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hash">SHA-256 of the key's UTF-8 bytes. A slow hash would add nothing to 160 random bits.</param>
/// <param name="LastFour">The end of the key, so that people can tell keys apart.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record CallerKey(
    string Id,
    string Name,
    CallerRole Role,
    ReadOnlyMemory<byte> Hash,
    string LastFour,
    DateTimeOffset CreatedAt
)
{
    /// <summary>Whose key it is.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>For all calls with this key together.</summary>
    public LimitPolicy Limits { get; init; } = LimitPolicy.Unlimited;

    /// <summary>For each end user that calls name, apart.</summary>
    public LimitPolicy UserLimits { get; init; } = LimitPolicy.Unlimited;
}
