using System.Data.Common;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>What belongs to every change of the configuration.</summary>
internal static class Changes
{
    private const string Bump = "UPDATE configuration_state SET version = version + 1 WHERE id = 1";

    private const string Log = """
        INSERT INTO audit_log (at, tenant, actor, action, target, details, request_id)
        VALUES (@At, @Tenant, @Actor, @Action, @Target, @Details, @RequestId)
        """;

    /// <summary>Lets this transaction's changes wait for those of others, before it has anything to log.</summary>
    public static Task LockAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(Bump, null, cancellationToken);

    /// <summary>
    /// Counts and logs a change. First in its transaction: the counter's row makes changes wait for each other, so that a reader of the
    /// counter has read everything that was counted.
    /// </summary>
    public static async Task RecordAsync(DbTransaction transaction, Change change, CancellationToken cancellationToken)
    {
        await LockAsync(transaction, cancellationToken);
        await transaction.ExecuteAsync(
            Log,
            new
            {
                At = change.At.ToUnixTimeMilliseconds(),
                change.Tenant,
                change.Actor,
                change.Action,
                change.Target,
                change.Details,
                change.RequestId,
            },
            cancellationToken
        );
    }
}
