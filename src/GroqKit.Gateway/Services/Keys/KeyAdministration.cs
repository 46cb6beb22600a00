using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>Makes, changes, exchanges and revokes keys.</summary>
internal sealed class KeyAdministration(
    IRecordStore<CallerKey> store,
    SnapshotKeeper snapshots,
    KeyEnvironment environment,
    TimeProvider time
)
{
    // Callers change over one after the other, but a leaked key must not stay alive by being exchanged over and over.
    private const int MaxSecrets = 2;

    private readonly RecordEditor<CallerKey> _keys = new(
        "key",
        "keys",
        key => JsonSerializer.Serialize(KeyView.Of(key), AdminJson.Default.KeyView),
        store,
        snapshots,
        time
    );

    public Task<CallerKey> GetAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        _keys.GetAsync(actor.Tenant, id, cancellationToken);

    public Task<IReadOnlyList<CallerKey>> ListAsync(
        Actor actor,
        string? after,
        int count,
        CancellationToken cancellationToken
    ) => _keys.ListAsync(actor.Tenant, after, count, cancellationToken);

    /// <returns>The key, and its text, which exists nowhere else.</returns>
    /// <exception cref="GatewayException">It would permit more than the key that makes it.</exception>
    public async Task<(CallerKey Key, string Text)> CreateAsync(
        Actor actor,
        KeyRequest request,
        CancellationToken cancellationToken
    )
    {
        string text = KeyFormat.Create(environment.Name);
        DateTimeOffset now = time.GetUtcNow();
        var key = new CallerKey
        {
            Id = KeyIssuer.NewId(),
            Tenant = actor.Tenant,
            Name = request.Name,
            Role = request.Role,
            Scopes = request.Scopes,
            Limits = request.Limits,
            UserLimits = request.UserLimits,
            Secrets = [KeyIssuer.Secret(text, now)],
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
        };
        RefuseMoreThan(actor, key);
        await _keys.AddAsync(actor, key, cancellationToken);
        return (key, text);
    }

    /// <exception cref="GatewayException">There is none, it is revoked, was changed meanwhile, or would permit more than the actor.</exception>
    public Task<CallerKey> UpdateAsync(
        Actor actor,
        string id,
        long? expected,
        Func<CallerKey, KeyRequest> change,
        CancellationToken cancellationToken
    ) =>
        _keys.ChangeAsync(
            actor,
            id,
            expected,
            "update",
            before =>
            {
                RefuseRevoked(before);
                RefuseMoreThan(actor, before);
                KeyRequest request = change(before);
                CallerKey after = before with
                {
                    Name = request.Name,
                    Role = request.Role,
                    Scopes = request.Scopes,
                    Limits = request.Limits,
                    UserLimits = request.UserLimits,
                    ExpiresAt = request.ExpiresAt,
                    Version = before.Version + 1,
                };
                RefuseMoreThan(actor, after);
                return after;
            },
            cancellationToken
        );

    /// <summary>Gives a key a new text; the one before works on for <paramref name="overlap"/>.</summary>
    /// <exception cref="GatewayException">There is none, it is revoked, or was changed meanwhile.</exception>
    public async Task<(CallerKey Key, string Text)> RotateAsync(
        Actor actor,
        string id,
        long? expected,
        TimeSpan overlap,
        CancellationToken cancellationToken
    )
    {
        string text = KeyFormat.Create(environment.Name);
        DateTimeOffset now = time.GetUtcNow();
        CallerKey rotated = await _keys.ChangeAsync(
            actor,
            id,
            expected,
            "rotate",
            before =>
            {
                RefuseRevoked(before);
                RefuseMoreThan(actor, before);
                IEnumerable<KeySecret> old = before.Secrets.Select(secret =>
                    secret with
                    {
                        ExpiresAt = secret.ExpiresAt is { } set && set < now + overlap ? set : now + overlap,
                    }
                );
                return before with
                {
                    Secrets =
                    [
                        KeyIssuer.Secret(text, now),
                        .. old.Where(secret => secret.ExpiresAt > now).Take(MaxSecrets - 1),
                    ],
                    Version = before.Version + 1,
                };
            },
            cancellationToken
        );
        return (rotated, text);
    }

    /// <summary>Ends a key for good. Revoking it again changes nothing.</summary>
    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public Task RevokeAsync(Actor actor, string id, long? expected, CancellationToken cancellationToken) =>
        _keys.ChangeAsync(
            actor,
            id,
            expected,
            "revoke",
            before => before with { RevokedAt = before.RevokedAt ?? time.GetUtcNow(), Version = before.Version + 1 },
            cancellationToken
        );

    private static void RefuseRevoked(CallerKey key)
    {
        if (key.RevokedAt is not null)
            throw RequestErrors.KeyRevoked(key.Id);
    }

    // A key with part of an admin's permissions must not get the rest by making or changing another.
    private static void RefuseMoreThan(Actor actor, CallerKey key)
    {
        Scopes more = key.Granted & ~actor.Key.Granted;
        if (more != Scopes.None)
            throw RequestErrors.MorePermissions(string.Join(", ", Permissions.NamesOf(more)));
    }
}
