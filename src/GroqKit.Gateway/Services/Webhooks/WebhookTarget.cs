using System.Collections.Immutable;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Where events are sent. Immutable.</summary>
internal sealed record WebhookTarget : ISigned<WebhookTarget>
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required Uri Url { get; init; }

    /// <summary>For people.</summary>
    public string Description { get; init; } = "";

    /// <summary>Of <see cref="EventTypes"/>; empty for all.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>The newest first; more than one while the receiver changes over.</summary>
    public required ImmutableArray<SealedSecret> Secrets { get; init; }

    /// <summary>Why nothing is sent to it; null while it is in use.</summary>
    public string? DisabledReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public long Version { get; init; } = 1;

    string IRecord.Key => Id;

    public string Place => WebhookSecrets.PlaceOfTarget(Tenant, Id);

    public WebhookTarget With(ImmutableArray<SealedSecret> secrets, DateTimeOffset? changedAt) =>
        this with
        {
            Secrets = secrets,
            UpdatedAt = changedAt ?? UpdatedAt,
            Version = Version + 1,
        };

    public bool Wants(string type) => DisabledReason is null && (Events.IsEmpty || Events.Contains(type));
}
