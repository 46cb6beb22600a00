using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>
/// One SQLite file, which only its owner can read. Readers never wait for the writer (write-ahead log); writers of this process queue
/// up here instead of in the library, which would block their threads.
/// </summary>
internal sealed class SqliteDatabase : IDatabase
{
    // Accounts come in batches, so that most pages of a batch are new: larger ones are fewer to write.
    private const int PageSize = 16 * 1024;

    // Room for a batch of accounts with the indexes that it touches; the default would write pages out in the middle of it.
    private const int WriteCacheKilobytes = 16_000;

    private readonly string _connectionString;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _creating = new();
    private bool _created;

    public SqliteDatabase(string connectionString)
    {
        Batteries_V2.Init();
        _connectionString = connectionString;
        Location = new SqliteConnectionStringBuilder(connectionString).DataSource;
    }

    public Dialect Dialect => Dialect.Sqlite;

    public string Location { get; }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using SqliteConnection connection = await OpenAsync(cancellationToken);
            return await work(connection);
        }
        catch (SqliteException failure)
        {
            throw Explain(failure);
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // The library blocks, on the disk too, and calls must not wait for a thread of the pool meanwhile.
            return await Task
                .Factory.StartNew(
                    () => WriteAloneAsync(work, cancellationToken),
                    cancellationToken,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
                .Unwrap();
        }
        catch (SqliteException failure)
        {
            throw Explain(failure);
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(connection);
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> WriteAloneAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = await OpenAsync(cancellationToken);
        // What is erased must not stay readable in pages that are free.
        Run(connection, $"PRAGMA cache_size = -{WriteCacheKilobytes}; PRAGMA secure_delete = ON");
        // Takes the write lock at once; upgrading later can fail when another process writes in between.
        await using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        T result = await work(transaction);
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (SqliteException)
        {
            KeepOpen(connection.Handle!);
            throw;
        }
        return result;
    }

    // Where SQLite can't commit, as on a full disk, it ends the transaction itself. The library doesn't notice, would end it once more,
    // fail at that, and hide the cause.
    private static void KeepOpen(sqlite3 connection)
    {
        if (raw.sqlite3_get_autocommit(connection) != 0)
            raw.sqlite3_exec(connection, "BEGIN");
    }

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        CreateFile();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void CreateFile()
    {
        lock (_creating)
        {
            if (_created)
                return;
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Location))!);
                CreateEmpty();
            }
            catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
            {
                throw new DatabaseException($"The database {Location} can't be created: {denied.Message}", denied);
            }
            UseWriteAheadLog();
            _created = true;
        }
    }

    // SQLite gives the log beside the database the same rights.
    private void CreateEmpty()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(Location, options).Dispose();
    }

    // Both are properties of the file and stay; the size of pages is what it is once there are any.
    private void UseWriteAheadLog()
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Run(connection, $"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = WAL");
    }

    private static void Run(SqliteConnection connection, string pragma)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = pragma;
        command.ExecuteNonQuery();
    }

    private DatabaseException Explain(SqliteException failure) =>
        new($"The database {Location} refuses: {failure.Message}", failure);
}
