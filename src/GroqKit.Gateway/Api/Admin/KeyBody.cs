using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body that makes or changes a key, for the API document.</summary>
internal sealed record KeyBody(
    string Name,
    string? Role,
    IReadOnlyList<string>? Scopes,
    LimitPolicy? Limits,
    LimitPolicy? UserLimits,
    DateTimeOffset? ExpiresAt
);
