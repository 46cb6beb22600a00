using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Privacy;

/// <summary>The tables that name callers' own users.</summary>
internal sealed class EndUserTables(IDatabase database, ISecretProtector protector) : IEndUserStore
{
    private const int MaxCalls = 10_000;

    private const string Select = """
        SELECT u.request_id AS "RequestId", u.started_at AS "StartedAt", u.operation AS "Operation", u.agent AS "Agent",
            u.model AS "Model", u.conversation AS "Conversation", b.request AS "Request", b.answer AS "Answer"
        FROM usage u LEFT JOIN kept_bodies b ON b.request_id = u.request_id
        WHERE u.tenant = @tenant AND u.end_user = @user ORDER BY u.started_at DESC, u.request_id DESC LIMIT @count
        """;

    private const string Forget = """
        UPDATE usage SET end_user = NULL, conversation = NULL WHERE tenant = @tenant AND end_user = @user
        """;

    private const string DeleteBodies = "DELETE FROM kept_bodies WHERE tenant = @tenant AND end_user = @user";

    private const string DeleteAnswers = "DELETE FROM idempotency WHERE tenant = @tenant AND end_user = @user";

    // Waits for whoever writes a name now, and holds up whoever begins to: those see the erasure then.
    private const string HoldUp = "LOCK TABLE usage, kept_bodies, idempotency IN SHARE ROW EXCLUSIVE MODE";

    public async Task<EndUserView> ExportAsync(string tenant, string user, CancellationToken cancellationToken)
    {
        Row[] rows = await database.ReadAsync(
            async connection =>
                (
                    await connection.QueryAsync<Row>(
                        new CommandDefinition(
                            Select,
                            new
                            {
                                tenant,
                                user,
                                count = MaxCalls + 1L,
                            },
                            cancellationToken: cancellationToken
                        )
                    )
                ).ToArray(),
            cancellationToken
        );
        return new EndUserView(user, [.. rows.Take(MaxCalls).Select(row => Show(tenant, row))], rows.Length > MaxCalls);
    }

    public Task<ErasedView> EraseAsync(
        string tenant,
        string user,
        Change change,
        CancellationToken cancellationToken
    ) =>
        database.WriteAsync(
            async transaction =>
            {
                if (database.Dialect == Dialect.Postgres)
                    await transaction.ExecuteAsync(HoldUp, null, cancellationToken);
                await Changes.RecordAsync(transaction, change, cancellationToken);
                var erasure = new Erasure(Erasure.NameOf(tenant, user), change.At);
                await ErasedPeople.NoteAsync(transaction, erasure, cancellationToken);
                object person = new { tenant, user };
                return new ErasedView(
                    await transaction.ExecuteAsync(Forget, person, cancellationToken),
                    await transaction.ExecuteAsync(DeleteBodies, person, cancellationToken),
                    await transaction.ExecuteAsync(DeleteAnswers, person, cancellationToken)
                );
            },
            cancellationToken
        );

    public Task<IReadOnlyList<Erasure>> ErasedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => ErasedPeople.SinceAsync(connection, transaction: null, since, cancellationToken),
            cancellationToken
        );

    private EndUserCall Show(string tenant, Row row)
    {
        string place = KeptBodyTable.PlaceOf(tenant, row.RequestId);
        return new EndUserCall(
            row.RequestId,
            Stored.Time(row.StartedAt),
            row.Operation,
            row.Agent,
            row.Model,
            row.Conversation,
            row.Request is null ? null : protector.Unprotect(place, row.Request),
            row.Answer is null ? null : protector.Unprotect(place, row.Answer)
        );
    }

    private sealed class Row
    {
        public string RequestId { get; init; } = "";

        public long StartedAt { get; init; }

        public string Operation { get; init; } = "";

        public string? Agent { get; init; }

        public string? Model { get; init; }

        public string? Conversation { get; init; }

        public string? Request { get; init; }

        public string? Answer { get; init; }
    }
}
