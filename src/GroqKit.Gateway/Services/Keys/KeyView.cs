using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>A key as the admin API shows it.</summary>
/// <param name="Id">Stands in usage records and in this API's addresses.</param>
/// <param name="Name">For people.</param>
/// <param name="Tenant">Whose key it is.</param>
/// <param name="Role">caller, operator or admin.</param>
/// <param name="Scopes">All that it may do.</param>
/// <param name="Limits">For all calls with it together.</param>
/// <param name="UserLimits">For each end user that calls name, apart.</param>
/// <param name="LastFour">The end of its newest text.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Refused from then on.</param>
/// <param name="RevokedAt">Refused since then.</param>
/// <param name="Version">The number in its ETag.</param>
/// <param name="Key">Its text: only in the answer that makes it, and never again.</param>
/// <param name="PreviousExpiresAt">After a rotation: how long the texts before this one still work.</param>
internal sealed record KeyView(
    string Id,
    string Name,
    string Tenant,
    string Role,
    IReadOnlyList<string> Scopes,
    LimitPolicy Limits,
    LimitPolicy UserLimits,
    string LastFour,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    long Version,
    string? Key,
    DateTimeOffset? PreviousExpiresAt
)
{
    public static KeyView Of(CallerKey key, string? text = null) =>
        new(
            key.Id,
            key.Name,
            key.Tenant,
            Permissions.NameOf(key.Role),
            Permissions.NamesOf(key.Granted),
            key.Limits,
            key.UserLimits,
            key.Secrets[0].LastFour,
            key.CreatedAt,
            key.ExpiresAt,
            key.RevokedAt,
            key.Version,
            text,
            key.Secrets.Length > 1 ? key.Secrets[1].ExpiresAt : null
        );
}
