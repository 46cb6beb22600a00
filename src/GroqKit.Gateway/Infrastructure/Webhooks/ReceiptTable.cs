using System.Data.Common;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>Messages that came in, in <c>webhook_receipts</c>.</summary>
internal sealed class ReceiptTable(IDatabase database, JobTable jobs, JobSignal signal, TimeProvider time)
    : IReceiptStore
{
    private const string Insert = """
        INSERT INTO webhook_receipts (tenant, source, message_id, sent_at, received_at, body)
        VALUES (@Tenant, @Source, @Id, @sent, @now, @Body) ON CONFLICT DO NOTHING
        """;

    // Only forward: a copy of any earlier sending stays a copy.
    private const string MoveOn = """
        UPDATE webhook_receipts SET sent_at = @sent
        WHERE tenant = @Tenant AND source = @Source AND message_id = @Id AND sent_at < @sent
        """;

    private const string Select = """
        SELECT sent_at, body FROM webhook_receipts WHERE tenant = @tenant AND source = @source AND message_id = @id
        """;

    public async Task<ReceiptVerdict> TakeAsync(
        IncomingMessage message,
        JobRequest job,
        CancellationToken cancellationToken
    )
    {
        ReceiptVerdict verdict = await database.WriteAsync(
            transaction => TakeAsync(transaction, message, job, cancellationToken),
            cancellationToken
        );
        signal.Raise();
        return verdict;
    }

    public Task<IncomingMessage?> FindAsync(
        string tenant,
        string source,
        string id,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync(
            async connection =>
            {
                (long SentAt, string Body)? row = await connection.QuerySingleOrDefaultAsync<(long, string)?>(
                    new CommandDefinition(
                        Select,
                        new
                        {
                            tenant,
                            source,
                            id,
                        },
                        cancellationToken: cancellationToken
                    )
                );
                return row is { } found
                    ? new IncomingMessage(tenant, source, id, Stored.Time(found.SentAt), found.Body)
                    : null;
            },
            cancellationToken
        );

    private async Task<ReceiptVerdict> TakeAsync(
        DbTransaction transaction,
        IncomingMessage message,
        JobRequest job,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            message.Tenant,
            message.Source,
            message.Id,
            message.Body,
            sent = Stored.Time(message.SentAt),
            now = Stored.Time(time.GetUtcNow()),
        };
        DbConnection connection = transaction.Connection!;
        if (
            await connection.ExecuteAsync(
                new CommandDefinition(Insert, values, transaction, cancellationToken: cancellationToken)
            ) == 1
        )
        {
            await jobs.EnqueueAsync(transaction, job, cancellationToken);
            return ReceiptVerdict.New;
        }
        int later = await connection.ExecuteAsync(
            new CommandDefinition(MoveOn, values, transaction, cancellationToken: cancellationToken)
        );
        return later == 1 ? ReceiptVerdict.Repeated : ReceiptVerdict.Replayed;
    }
}
