namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>A webhook source as the admin API shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it posts to.</param>
/// <param name="Handler">What is done with its messages.</param>
/// <param name="Secret">What it has to sign with; only in the answer that makes it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">The number in its ETag.</param>
internal sealed record WebhookSourceView(
    string Name,
    string Path,
    string Handler,
    string? Secret,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version
)
{
    public static WebhookSourceView Of(WebhookSource source, WebhookSecret? secret = null) =>
        new(
            source.Name,
            $"/webhooks/{source.Tenant}/{source.Name}",
            source.Handler,
            secret?.Reveal(),
            source.CreatedAt,
            source.UpdatedAt,
            source.Version
        );
}
