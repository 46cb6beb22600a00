using System.Data.Common;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Jobs;

/// <summary>Jobs in <c>jobs</c>.</summary>
internal sealed class JobTable(IDatabase database, JobSignal signal, TimeProvider time) : IJobStore
{
    private const int MaxError = 500;

    private const string Columns = """
        id AS "Id", tenant AS "Tenant", kind AS "Kind", payload AS "Payload", state AS "State", due_at AS "DueAt",
        attempts AS "Attempts", max_attempts AS "MaxAttempts", lease_owner AS "LeaseOwner", lease_token AS "LeaseToken",
        lease_until AS "LeaseUntil", last_error AS "LastError", created_at AS "CreatedAt", finished_at AS "FinishedAt"
        """;

    private const string Insert = """
        INSERT INTO jobs (id, tenant, kind, payload, unique_key, state, due_at, attempts, max_attempts, lease_token, created_at)
        VALUES (@Id, @Tenant, @Kind, @Payload, @UniqueKey, 'waiting', @DueAt, 0, @MaxAttempts, 0, @Now)
        ON CONFLICT DO NOTHING
        """;

    // The text is taken as it is, so that a job whose worker dies every time, or takes it with it, ends too.
    private const string PutPoisonAside = """
        UPDATE jobs SET state = 'aside', finished_at = @now, lease_owner = NULL, lease_until = NULL,
            last_error = 'Its worker died in every attempt.'
        WHERE state = 'running' AND lease_until <= @now AND attempts >= max_attempts
        """;

    private const string IsDue = """
        (state = 'waiting' AND due_at <= @now OR state = 'running' AND lease_until <= @now)
        """;

    private const string AnyDue = $"SELECT COUNT(*) FROM (SELECT 1 FROM jobs WHERE {IsDue} LIMIT 1) AS due";

    private const string Renew = """
        UPDATE jobs SET lease_until = @until WHERE id = @Id AND state = 'running' AND lease_token = @LeaseToken
        """;

    private const string Finish = """
        UPDATE jobs SET state = @state, due_at = @due, attempts = @attempts, finished_at = @finished, last_error = @error,
            lease_owner = NULL, lease_until = NULL
        WHERE id = @Id AND state = 'running' AND lease_token = @LeaseToken
        """;

    private const string Repeat = """
        UPDATE jobs SET state = 'waiting', due_at = @now, attempts = 0, finished_at = NULL
        WHERE id = @Id AND tenant = @Tenant AND state IN ('done', 'aside')
        """;

    private readonly string _lease = LeaseFor(database.Dialect == Dialect.Postgres);

    public async Task<string?> EnqueueAsync(JobRequest request, CancellationToken cancellationToken)
    {
        string? id = await database.WriteAsync(
            transaction => EnqueueAsync(transaction, request, cancellationToken),
            cancellationToken
        );
        signal.Raise();
        return id;
    }

    /// <summary>Asks for a job together with whatever else the transaction writes. Workers find it when they look next.</summary>
    public async Task<string?> EnqueueAsync(
        DbTransaction transaction,
        JobRequest request,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        string id = "job_" + Guid.CreateVersion7(now).ToString("N");
        int rows = await transaction.ExecuteAsync(
            Insert,
            new
            {
                Id = id,
                request.Tenant,
                request.Kind,
                request.Payload,
                request.UniqueKey,
                DueAt = Stored.Time(request.DueAt ?? now),
                MaxAttempts = (long)request.MaxAttempts,
                Now = Stored.Time(now),
            },
            cancellationToken
        );
        return rows == 1 ? id : null;
    }

    public async Task<Job?> LeaseAsync(
        string owner,
        IReadOnlyCollection<string> kinds,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        long now = Now();
        // A look is cheap; the write that follows takes a file's only lock.
        long due = await database.ReadAsync(
            connection =>
                connection.ExecuteScalarAsync<long>(
                    new CommandDefinition(AnyDue, new { now }, cancellationToken: cancellationToken)
                ),
            cancellationToken
        );
        if (due == 0)
            return null;
        return await database.WriteAsync(
            async transaction =>
            {
                DbConnection connection = transaction.Connection!;
                await connection.ExecuteAsync(
                    new CommandDefinition(
                        PutPoisonAside,
                        new { now },
                        transaction,
                        cancellationToken: cancellationToken
                    )
                );
                long until = now + (long)duration.TotalMilliseconds;
                JobRow? row = await connection.QuerySingleOrDefaultAsync<JobRow>(
                    new CommandDefinition(
                        _lease,
                        new
                        {
                            now,
                            until,
                            owner,
                            kinds = kinds.ToArray(),
                        },
                        transaction,
                        cancellationToken: cancellationToken
                    )
                );
                return row is null ? null : FromRow(row);
            },
            cancellationToken
        );
    }

    public Task<bool> RenewAsync(Job job, TimeSpan duration, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    Renew,
                    new
                    {
                        job.Id,
                        job.LeaseToken,
                        until = Now() + (long)duration.TotalMilliseconds,
                    },
                    cancellationToken
                ) == 1,
            cancellationToken
        );

    public async Task<bool> FinishAsync(Job job, JobOutcome outcome, CancellationToken cancellationToken)
    {
        bool again = outcome.State == JobStates.Waiting;
        string state =
            again && outcome is { Counts: true, Renews: false } && job.Attempts >= job.MaxAttempts
                ? JobStates.Aside
                : outcome.State;
        bool held = await database.WriteAsync(
            async transaction =>
            {
                // First of all: it locks the row, so the effect can't be in two transactions that both commit.
                int rows = await transaction.ExecuteAsync(
                    Finish,
                    new
                    {
                        job.Id,
                        job.LeaseToken,
                        state,
                        due = Now() + (long)outcome.Wait.TotalMilliseconds,
                        attempts = outcome.Renews ? 0L
                        : outcome.Counts ? job.Attempts
                        : job.Attempts - 1,
                        finished = state == JobStates.Waiting ? null : (long?)Now(),
                        error = Cut(outcome.Error ?? (outcome.Counts ? null : job.LastError)),
                    },
                    cancellationToken
                );
                if (rows == 0)
                    return false;
                if (outcome.Effect is { } effect)
                    await effect(transaction, cancellationToken);
                return true;
            },
            cancellationToken
        );
        // The effect may have asked for more work.
        signal.Raise();
        return held;
    }

    public Task<IReadOnlyList<Job>> ListAsync(
        JobFilter filter,
        string? before,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<Job>>(
            async connection =>
            {
                string sql =
                    $"SELECT {Columns} FROM jobs WHERE tenant = @Tenant"
                    + (filter.State is null ? "" : " AND state = @State")
                    + (filter.Kind is null ? "" : " AND kind = @Kind")
                    + (filter.KindPrefix is null ? "" : " AND kind LIKE @KindPrefix || '%'")
                    + (before is null ? "" : " AND id < @before")
                    + " ORDER BY id DESC LIMIT @count";
                IEnumerable<JobRow> rows = await connection.QueryAsync<JobRow>(
                    new CommandDefinition(
                        sql,
                        new
                        {
                            filter.Tenant,
                            filter.State,
                            filter.Kind,
                            filter.KindPrefix,
                            before,
                            count = (long)count,
                        },
                        cancellationToken: cancellationToken
                    )
                );
                return [.. rows.Select(FromRow)];
            },
            cancellationToken
        );

    public Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
                await connection.QuerySingleOrDefaultAsync<JobRow>(
                    new CommandDefinition(
                        $"SELECT {Columns} FROM jobs WHERE tenant = @tenant AND id = @id",
                        new { tenant, id },
                        cancellationToken: cancellationToken
                    )
                )
                    is { } row
                    ? FromRow(row)
                    : null,
            cancellationToken
        );

    public async Task<bool> RepeatAsync(Job job, Change change, CancellationToken cancellationToken)
    {
        bool repeated = await database.WriteAsync(
            async transaction =>
            {
                int rows = await transaction.ExecuteAsync(
                    Repeat,
                    new
                    {
                        job.Id,
                        job.Tenant,
                        now = Now(),
                    },
                    cancellationToken
                );
                if (rows == 0)
                    return false;
                await Changes.RecordAsync(transaction, change, cancellationToken);
                return true;
            },
            cancellationToken
        );
        signal.Raise();
        return repeated;
    }

    private static string LeaseFor(bool postgres) =>
        $"""
            UPDATE jobs SET state = 'running', attempts = attempts + 1, lease_owner = @owner, lease_token = lease_token + 1,
                lease_until = @until
            WHERE id = (
                SELECT id FROM jobs WHERE {IsDue} AND kind {(postgres ? "= ANY(@kinds)" : "IN @kinds")}
                ORDER BY due_at, id LIMIT 1 {(postgres ? "FOR UPDATE SKIP LOCKED" : "")}
            )
            RETURNING {Columns}
            """;

    private long Now() => Stored.Time(time.GetUtcNow());

    private static string? Cut(string? error) => error is { Length: > MaxError } ? error[..MaxError] : error;

    private static Job FromRow(JobRow row) =>
        new()
        {
            Id = row.Id,
            Tenant = row.Tenant,
            Kind = row.Kind,
            Payload = row.Payload,
            State = row.State,
            DueAt = Stored.Time(row.DueAt),
            Attempts = (int)row.Attempts,
            MaxAttempts = (int)row.MaxAttempts,
            LeaseOwner = row.LeaseOwner,
            LeaseToken = row.LeaseToken,
            LeaseUntil = Stored.Time(row.LeaseUntil),
            LastError = row.LastError,
            CreatedAt = Stored.Time(row.CreatedAt),
            FinishedAt = Stored.Time(row.FinishedAt),
        };
}
