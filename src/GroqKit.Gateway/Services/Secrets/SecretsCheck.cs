using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Secrets;

/// <summary>
/// Sees at the start that the master key is the one that the stored secrets are under. Those of providers are read for the first snapshot anyway; this
/// looks at the others, and at one of the bodies that are kept.
/// </summary>
internal sealed class SecretsCheck(IAllWebhooks webhooks, IKeptBodies bodies, ISecretProtector protector)
{
    /// <exception cref="SecretException">A secret can't be read.</exception>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Open(await webhooks.TargetsAsync(cancellationToken));
        Open(await webhooks.SourcesAsync(cancellationToken));
        await bodies.CheckAsync(cancellationToken);
    }

    private void Open<TRecord>(IEnumerable<TRecord> records)
        where TRecord : ISigned<TRecord>
    {
        foreach (TRecord record in records)
        {
            foreach (SealedSecret secret in record.Secrets)
                protector.Unprotect(record.Place, secret.Protected);
        }
    }
}
