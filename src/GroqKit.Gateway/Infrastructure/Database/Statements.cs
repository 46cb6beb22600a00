using System.Data.Common;
using Dapper;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>Statements inside a transaction.</summary>
internal static class Statements
{
    /// <param name="transaction">Where it belongs.</param>
    /// <param name="sql">What to do.</param>
    /// <param name="values">Its parameters, by name; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows it changed.</returns>
    public static Task<int> ExecuteAsync(
        this DbTransaction transaction,
        string sql,
        object? values,
        CancellationToken cancellationToken
    ) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(sql, values, transaction, cancellationToken: cancellationToken)
        );
}
