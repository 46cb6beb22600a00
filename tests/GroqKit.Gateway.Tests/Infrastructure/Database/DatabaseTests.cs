using System.Data.Common;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Tests.Running;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GroqKit.Gateway.Tests.Infrastructure.Database;

[Requirement("GW-05")]
public sealed class DatabaseTests(TestDatabases databases)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, EveryEngine]
    public async Task What_a_transaction_wrote_is_there_after_it_and_gone_when_it_failed(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);
        await CreateTableAsync(database);

        await database.WriteAsync(transaction => InsertAsync(transaction, 1), None);
        await Should.ThrowAsync<TimeZoneNotFoundException>(() =>
            database.WriteAsync<int>(
                async transaction =>
                {
                    await InsertAsync(transaction, 2);
                    throw new TimeZoneNotFoundException();
                },
                None
            )
        );

        (await NumbersAsync(database)).ShouldBe([1]);
    }

    [Theory, EveryEngine]
    public async Task Writers_at_the_same_time_lose_nothing(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);
        await CreateTableAsync(database);

        await Parallel.ForAsync(
            0,
            200,
            async (i, _) => await database.WriteAsync(transaction => InsertAsync(transaction, i), None)
        );

        (await NumbersAsync(database)).Count().ShouldBe(200);
    }

    [Theory, EveryEngine]
    public async Task Values_come_back_as_they_went_in(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);
        string bytes = engine == Engine.Sqlite ? "BLOB" : "BYTEA";
        byte[] blob = [0, 1, 255];
        const string Text = "naïve \U0001F600 'quoted'";

        (long, string, byte[], double, string?) row = await database.WriteAsync(
            async transaction =>
            {
                DbConnection connection = transaction.Connection!;
                await connection.ExecuteAsync(
                    $"CREATE TABLE v (a BIGINT, b TEXT, c {bytes}, d DOUBLE PRECISION, e TEXT)",
                    transaction: transaction
                );
                await connection.ExecuteAsync(
                    "INSERT INTO v VALUES (@A, @B, @C, @D, @E)",
                    new
                    {
                        A = long.MaxValue,
                        B = Text,
                        C = blob,
                        D = 0.1,
                        E = (string?)null,
                    },
                    transaction
                );
                return await connection.QuerySingleAsync<(long, string, byte[], double, string?)>(
                    "SELECT a, b, c, d, e FROM v",
                    transaction: transaction
                );
            },
            None
        );

        row.Item1.ShouldBe(long.MaxValue);
        row.Item2.ShouldBe(Text);
        row.Item3.ShouldBe(blob);
        row.Item4.ShouldBe(0.1);
        row.Item5.ShouldBeNull();
    }

    [Theory, EveryEngine]
    public async Task A_refusal_is_one_sentence_that_names_the_database(Engine engine)
    {
        await using IDatabase database = await databases.OpenAsync(engine);

        var error = await Should.ThrowAsync<DatabaseException>(() =>
            database.ReadAsync(connection => connection.QueryAsync("SELECT nothing FROM nowhere"), None)
        );

        error.Message.ShouldStartWith($"The database {database.Location} refuses: ");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_without_its_password()
    {
        await using IDatabase database = TestDatabases.Open(
            "Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d"
        );

        var error = await Should.ThrowAsync<DatabaseException>(() =>
            database.ReadAsync(connection => connection.QueryAsync("SELECT 1"), None)
        );

        error.Message.ShouldStartWith("The database d on 127.0.0.1 can't be reached: ");
        error.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_transaction_that_the_file_ends_itself_tells_why_and_the_next_one_works()
    {
        await using IDatabase database = await databases.OpenAsync(Engine.Sqlite);
        await CreateTableAsync(database);
        int commits = 0;

        DatabaseException refused = await Should.ThrowAsync<DatabaseException>(() =>
            database.WriteAsync(
                transaction =>
                {
                    // What a full disk does to a commit.
                    var connection = (SqliteConnection)transaction.Connection!;
                    raw.sqlite3_commit_hook(connection.Handle, _ => commits++ == 0 ? 1 : 0, null);
                    return InsertAsync(transaction, 1);
                },
                None
            )
        );
        await database.WriteAsync(transaction => InsertAsync(transaction, 2), None);

        refused.Message.ShouldContain("constraint failed");
        (await NumbersAsync(database)).ShouldBe([2]);
    }

    [Fact]
    public async Task The_file_is_its_owners_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using IDatabase database = await databases.OpenAsync(Engine.Sqlite);
        await CreateTableAsync(database);

        foreach (
            string file in Directory.GetFiles(
                Path.GetDirectoryName(database.Location)!,
                Path.GetFileName(database.Location) + "*"
            )
        )
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    private static Task<int> CreateTableAsync(IDatabase database) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync("CREATE TABLE t (n BIGINT PRIMARY KEY)", transaction: transaction),
            None
        );

    private static Task<int> InsertAsync(DbTransaction transaction, long number) =>
        transaction.Connection!.ExecuteAsync("INSERT INTO t (n) VALUES (@number)", new { number }, transaction);

    private static Task<IEnumerable<long>> NumbersAsync(IDatabase database) =>
        database.ReadAsync(connection => connection.QueryAsync<long>("SELECT n FROM t ORDER BY n"), None);
}
