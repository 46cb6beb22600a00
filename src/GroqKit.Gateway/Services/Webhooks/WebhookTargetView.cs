namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>A webhook target as the admin API shows it.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="Description">For people.</param>
/// <param name="Events">Which events it gets; empty for all.</param>
/// <param name="Enabled">Whether anything is sent.</param>
/// <param name="DisabledReason">Why not.</param>
/// <param name="Secret">What its messages are signed with; only in the answer that makes it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">The number in its ETag.</param>
internal sealed record WebhookTargetView(
    string Id,
    string Url,
    string Description,
    IReadOnlyList<string> Events,
    bool Enabled,
    string? DisabledReason,
    string? Secret,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version
)
{
    public static WebhookTargetView Of(WebhookTarget target, WebhookSecret? secret = null) =>
        new(
            target.Id,
            target.Url.ToString(),
            target.Description,
            target.Events,
            target.DisabledReason is null,
            target.DisabledReason,
            secret?.Reveal(),
            target.CreatedAt,
            target.UpdatedAt,
            target.Version
        );
}
