using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>What a key is to be.</summary>
internal sealed record KeyRequest(
    string Name,
    CallerRole Role,
    Scopes Scopes,
    LimitPolicy Limits,
    LimitPolicy UserLimits,
    DateTimeOffset? ExpiresAt
);
