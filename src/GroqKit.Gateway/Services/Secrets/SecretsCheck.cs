using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Secrets;

/// <summary>
/// Sees at the start that the master key is the one that the stored secrets are under. Those of providers are read for the first snapshot anyway; this
/// looks at the others, and at a mark that stands for what is too much to be read.
/// </summary>
internal sealed class SecretsCheck(IMasterKeyMark mark, IAllWebhooks webhooks, ISecretProtector protector)
{
    private const string Place = "gateway/master-key";
    private const string Text = "This can be read with the right master key.";

    /// <exception cref="SecretException">A secret can't be read.</exception>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (WebhookTarget target in await webhooks.TargetsAsync(cancellationToken))
            Open(target.Place, target.Secrets);
        foreach (WebhookSource source in await webhooks.SourcesAsync(cancellationToken))
            Open(source.Place, source.Secrets);
        if (!protector.IsAvailable)
            return;
        if (await mark.ReadAsync(cancellationToken) is { } stored)
            protector.Unprotect(Place, stored);
        else
            await mark.WriteAsync(before: null, protector.Protect(Place, Text), cancellationToken);
    }

    /// <summary>Puts the mark under the present key.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task RewrapAsync(CancellationToken cancellationToken)
    {
        if (await mark.ReadAsync(cancellationToken) is not { } stored || !protector.IsOutdated(stored))
            return;
        await mark.WriteAsync(stored, protector.Protect(Place, Text), cancellationToken);
    }

    private void Open(string place, IEnumerable<SealedSecret> secrets)
    {
        foreach (SealedSecret secret in secrets)
            protector.Unprotect(place, secret.Protected);
    }
}
