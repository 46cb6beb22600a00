using System.Collections.Immutable;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>A caller's key. It keeps its id, its limits and its usage while its secret is exchanged. Immutable.</summary>
internal sealed record CallerKey : IRecord
{
    /// <summary>The name used in records; not secret.</summary>
    public required string Id { get; init; }

    /// <summary>Whose key it is. A key sees and changes only what its own tenant has.</summary>
    public required string Tenant { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do at most.</summary>
    public required CallerRole Role { get; init; }

    /// <summary>Narrows the role; <see cref="Scopes.None"/> leaves all of it.</summary>
    public Scopes Scopes { get; init; }

    /// <summary>For all calls with this key together.</summary>
    public LimitPolicy Limits { get; init; } = LimitPolicy.Unlimited;

    /// <summary>For each end user that calls name, apart.</summary>
    public LimitPolicy UserLimits { get; init; } = LimitPolicy.Unlimited;

    /// <summary>The newest first; more than one while callers change over to a new one.</summary>
    public required ImmutableArray<KeySecret> Secrets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Refused from then on; null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Refused since then. A revoked key stays for its usage records and is never valid again.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public long Version { get; init; } = 1;

    string IRecord.Key => Id;

    /// <summary>All that it may do.</summary>
    public Scopes Granted => Scopes == Scopes.None ? Permissions.Of(Role) : Permissions.Of(Role) & Scopes;
}
