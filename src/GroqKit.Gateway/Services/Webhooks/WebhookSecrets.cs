using System.Collections.Immutable;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Makes, exchanges and opens the secrets of webhooks, which are stored encrypted.</summary>
internal sealed class WebhookSecrets(ISecretProtector protector, TimeProvider time)
{
    // As with callers' keys: a leaked secret must not stay alive by being exchanged over and over.
    private const int MaxSecrets = 2;

    /// <summary>Where the secrets of a target belong, for their protection.</summary>
    public static string PlaceOfTarget(string tenant, string id) => $"{tenant}/webhooks/{id}";

    /// <summary>Where the secrets of a source belong, for their protection.</summary>
    public static string PlaceOfSource(string tenant, string name) => $"{tenant}/webhook-sources/{name}";

    /// <exception cref="GatewayException">There is no master key to protect it with.</exception>
    public SealedSecret Seal(string place, WebhookSecret secret) =>
        protector.IsAvailable
            ? new SealedSecret(protector.Protect(place, secret.Reveal()), time.GetUtcNow(), ExpiresAt: null)
            : throw RequestErrors.NoMasterKey("secret");

    /// <summary>Puts a new secret first; the one before works on for a while.</summary>
    /// <exception cref="GatewayException">There is no master key to protect it with.</exception>
    public ImmutableArray<SealedSecret> Rotate(
        string place,
        ImmutableArray<SealedSecret> before,
        WebhookSecret secret,
        TimeSpan overlap
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<SealedSecret> old = before
            .Select(sealedSecret =>
                sealedSecret with
                {
                    ExpiresAt = sealedSecret.ExpiresAt is { } set && set < now + overlap ? set : now + overlap,
                }
            )
            .Where(sealedSecret => sealedSecret.ExpiresAt > now);
        return [Seal(place, secret), .. old.Take(MaxSecrets - 1)];
    }

    /// <summary>Those that are valid now, the newest first.</summary>
    /// <exception cref="SecretException">One can't be read.</exception>
    public IReadOnlyList<WebhookSecret> Open(string place, ImmutableArray<SealedSecret> secrets)
    {
        DateTimeOffset now = time.GetUtcNow();
        return
        [
            .. secrets
                .Where(secret => secret.ExpiresAt is not { } end || end > now)
                .Select(secret => WebhookSecret.Parse(protector.Unprotect(place, secret.Protected))),
        ];
    }
}
