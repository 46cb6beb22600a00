using System.Data.Common;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Privacy;

namespace GroqKit.Gateway.Infrastructure.Privacy;

/// <summary>
/// Erasures in <c>erasures</c>. Whoever writes a person's name into a table asks here afterwards, in the same transaction: an erasure waits for
/// transactions that have written and holds up those that haven't, so that one of the two always sees the other.
/// </summary>
internal static class ErasedPeople
{
    private const string Note = """
        INSERT INTO erasures (person, at) VALUES (@person, @at)
        ON CONFLICT (person) DO UPDATE SET at = CASE WHEN erasures.at > @at THEN erasures.at ELSE @at END
        """;

    private const string Select = "SELECT person AS \"Person\", at AS \"At\" FROM erasures WHERE at >= @since";

    public static Task NoteAsync(DbTransaction transaction, Erasure erasure, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            Note,
            new { person = erasure.Person, at = Stored.Time(erasure.At) },
            cancellationToken
        );

    /// <summary>Whoever was erased since then.</summary>
    public static async Task<IReadOnlyList<Erasure>> SinceAsync(
        DbConnection connection,
        DbTransaction? transaction,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(
            new CommandDefinition(
                Select,
                new { since = Stored.Time(since) },
                transaction,
                cancellationToken: cancellationToken
            )
        );
        return [.. rows.Select(row => new Erasure(row.Person, Stored.Time(row.At)))];
    }

    /// <summary>Whether a user was erased after something of theirs had begun.</summary>
    public static async Task<bool> HoldAsync(
        DbTransaction transaction,
        string tenant,
        string user,
        DateTimeOffset began,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<Erasure> erased = await SinceAsync(
            transaction.Connection!,
            transaction,
            began - Erasure.Slack,
            cancellationToken
        );
        if (erased.Count == 0)
            return false;
        string person = Erasure.NameOf(tenant, user);
        return erased.Any(one => one.Person == person && one.Covers(began));
    }

    private sealed record Row(string Person, long At);
}
