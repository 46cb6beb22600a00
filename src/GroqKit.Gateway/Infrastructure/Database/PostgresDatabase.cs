using System.Data.Common;
using Npgsql;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>A PostgreSQL database, 15 or newer, over a pool of connections.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Location = $"{settings.Database ?? settings.Username} on {settings.Host}";
        _source = NpgsqlDataSource.Create(settings);
    }

    public Dialect Dialect => Dialect.Postgres;

    public string Location { get; }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (NpgsqlException failure)
        {
            throw Explain(failure);
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            T result = await work(transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        catch (NpgsqlException failure)
        {
            throw Explain(failure);
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private DatabaseException Explain(NpgsqlException failure) =>
        new(
            failure is PostgresException refused
                ? $"The database {Location} refuses: {refused.MessageText}"
                : $"The database {Location} can't be reached: {failure.Message}",
            failure
        );
}
