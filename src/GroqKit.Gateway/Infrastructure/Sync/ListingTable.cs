using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Infrastructure.Sync;

/// <summary>What providers offer, in <c>model_listings</c>.</summary>
internal sealed class ListingTable(IDatabase database) : IListingStore
{
    private const string Select = """
        SELECT model, pricing, priced_at, first_seen, last_seen, retired_at FROM model_listings
        WHERE tenant = @tenant AND provider = @provider ORDER BY model
        """;

    private const string Upsert = """
        INSERT INTO model_listings (tenant, provider, model, pricing, priced_at, first_seen, last_seen, retired_at)
        VALUES (@Tenant, @Provider, @Model, @Pricing, @PricedAt, @FirstSeen, @LastSeen, @RetiredAt)
        ON CONFLICT (tenant, provider, model) DO UPDATE SET pricing = @Pricing, priced_at = @PricedAt,
            last_seen = @LastSeen, retired_at = @RetiredAt
        """;

    public Task<IReadOnlyList<ListedModel>> ListAsync(
        string tenant,
        string provider,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<ListedModel>>(
            async connection =>
            {
                var rows = await connection.QueryAsync<(string, string?, long, long, long, long?)>(
                    new CommandDefinition(Select, new { tenant, provider }, cancellationToken: cancellationToken)
                );
                return
                [
                    .. rows.Select(row => new ListedModel(
                        tenant,
                        provider,
                        row.Item1,
                        row.Item2,
                        Stored.Time(row.Item3),
                        Stored.Time(row.Item4),
                        Stored.Time(row.Item5),
                        Stored.Time(row.Item6)
                    )),
                ];
            },
            cancellationToken
        );

    public JobEffect Save(IReadOnlyList<ListedModel> models) =>
        async (transaction, cancellationToken) =>
        {
            foreach (ListedModel model in models)
                await transaction.ExecuteAsync(
                    Upsert,
                    new
                    {
                        model.Tenant,
                        model.Provider,
                        model.Model,
                        model.Pricing,
                        PricedAt = Stored.Time(model.PricedAt),
                        FirstSeen = Stored.Time(model.FirstSeen),
                        LastSeen = Stored.Time(model.LastSeen),
                        RetiredAt = Stored.Time(model.RetiredAt),
                    },
                    cancellationToken
                );
        };
}
