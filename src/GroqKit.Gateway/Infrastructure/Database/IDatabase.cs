using System.Data.Common;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>
/// The only way to the database. Statements keep to what both databases understand: parameters as <c>@name</c>, times as milliseconds
/// since 1970 in a BIGINT, JSON as TEXT, truth as 0 or 1. Thread-safe.
/// </summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>For the few statements that the databases word differently.</summary>
    Dialect Dialect { get; }

    /// <summary>Where the data is, for people: a path, or host and name. Never a password.</summary>
    string Location { get; }

    /// <summary>Runs reads on one connection, which is only valid inside <paramref name="work"/>.</summary>
    /// <exception cref="DatabaseException">The database can't be reached or refuses.</exception>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in one transaction, committed when it returns and rolled back when it throws.</summary>
    /// <exception cref="DatabaseException">The database can't be reached or refuses.</exception>
    Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken);
}
