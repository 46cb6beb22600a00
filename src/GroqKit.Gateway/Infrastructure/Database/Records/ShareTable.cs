using System.Data.Common;
using Dapper;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>Providers' shares in <c>provider_shares</c>.</summary>
internal sealed class ShareTable(IDatabase database) : IShareStore
{
    private const string Select = "SELECT tenant, provider, percent FROM provider_shares";

    private const string Upsert = """
        INSERT INTO provider_shares (tenant, provider, percent, changed_at) VALUES (@Tenant, @Provider, @Percent, @at)
        ON CONFLICT (tenant, provider) DO UPDATE SET percent = @Percent, changed_at = @at
        """;

    public Task SetAsync(ProviderShare share, Change change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                await Changes.RecordAsync(transaction, change, cancellationToken);
                return await transaction.ExecuteAsync(
                    Upsert,
                    new
                    {
                        share.Tenant,
                        share.Provider,
                        Percent = (long)share.Percent,
                        at = Stored.Time(change.At),
                    },
                    cancellationToken
                );
            },
            cancellationToken
        );

    /// <summary>All shares of all tenants, inside the caller's transaction.</summary>
    public static async Task<IReadOnlyList<ProviderShare>> AllAsync(
        DbTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        IEnumerable<(string, string, long)> rows = await transaction.Connection!.QueryAsync<(string, string, long)>(
            new CommandDefinition(Select, transaction: transaction, cancellationToken: cancellationToken)
        );
        return [.. rows.Select(row => new ProviderShare(row.Item1, row.Item2, (int)row.Item3))];
    }
}
