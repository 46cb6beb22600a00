using System.Collections.Immutable;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Someone whose signed messages the gateway takes. Immutable.</summary>
internal sealed record WebhookSource : ISigned<WebhookSource>
{
    public required string Tenant { get; init; }

    /// <summary>Stands in the address that the sender is given.</summary>
    public required string Name { get; init; }

    /// <summary>Which <see cref="IIncomingHandler"/> its messages go to.</summary>
    public required string Handler { get; init; }

    /// <summary>The newest first; more than one while the sender changes over.</summary>
    public required ImmutableArray<SealedSecret> Secrets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long Version { get; init; } = 1;

    string IRecord.Key => Name;

    public string Place => WebhookSecrets.PlaceOfSource(Tenant, Name);

    public WebhookSource With(ImmutableArray<SealedSecret> secrets, DateTimeOffset? changedAt) =>
        this with
        {
            Secrets = secrets,
            UpdatedAt = changedAt ?? UpdatedAt,
            Version = Version + 1,
        };
}
