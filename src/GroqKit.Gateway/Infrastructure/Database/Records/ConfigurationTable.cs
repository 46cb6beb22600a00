using System.Data.Common;
using Dapper;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>Reads the whole configuration at once.</summary>
internal sealed class ConfigurationTable(
    IDatabase database,
    KeyTable keys,
    ProviderTable providers,
    AgentTable agents,
    AliasTable aliases
) : IConfigurationStore
{
    private const string Version = "SELECT version FROM configuration_state WHERE id = 1";

    public Task<long> VersionAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection =>
                connection.QuerySingleAsync<long>(new CommandDefinition(Version, cancellationToken: cancellationToken)),
            cancellationToken
        );

    public Task<StoredConfiguration> LoadAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                DbConnection connection = transaction.Connection!;
                // The version first: what changes meanwhile is then read again rather than missed.
                long version = await connection.QuerySingleAsync<long>(
                    new CommandDefinition(Version, transaction: transaction, cancellationToken: cancellationToken)
                );
                return new StoredConfiguration(
                    version,
                    await keys.AllAsync(transaction, cancellationToken),
                    await providers.AllAsync(transaction, cancellationToken),
                    await agents.AllAsync(transaction, cancellationToken)
                )
                {
                    Shares = await ShareTable.AllAsync(transaction, cancellationToken),
                    Aliases = await aliases.AllAsync(transaction, cancellationToken),
                };
            },
            cancellationToken
        );
}
