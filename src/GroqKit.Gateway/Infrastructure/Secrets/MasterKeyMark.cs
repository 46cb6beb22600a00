using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Infrastructure.Secrets;

/// <summary>The one row of <c>master_key_mark</c>.</summary>
internal sealed class MasterKeyMark(IDatabase database) : IMasterKeyMark
{
    public Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
                connection.QuerySingleOrDefaultAsync<string>(
                    new CommandDefinition(
                        "SELECT sealed FROM master_key_mark WHERE id = 1",
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );

    public Task WriteAsync(string? before, string now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction =>
                transaction.Connection!.ExecuteAsync(
                    new CommandDefinition(
                        before is null
                            ? "INSERT INTO master_key_mark (id, sealed) VALUES (1, @now) ON CONFLICT DO NOTHING"
                            : "UPDATE master_key_mark SET sealed = @now WHERE id = 1 AND sealed = @before",
                        new { before, now },
                        transaction,
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );
}
