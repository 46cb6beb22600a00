using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Brings the prices that Groq lists, which one node asked for, to this node. A listed price holds from the day it was first seen.</summary>
internal sealed partial class CatalogKeeper(
    IListingStore store,
    RefreshedPrices prices,
    TimeProvider time,
    ILogger<CatalogKeeper> logger
) : BackgroundService
{
    /// <summary>How long a node may reckon with old prices.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private DateTimeOffset? _newest;

    /// <summary>Takes the prices that are stored, if they have changed.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ListedModel> listed = await store.ListAsync(Tenants.Home, Router.GroqName, cancellationToken);
        if (listed.Count == 0 || listed.Max(model => model.PricedAt) is var newest && newest == _newest)
            return;
        ModelCatalog catalog = prices.Initial;
        // Day by day, and in each the whole list: what isn't in a list counts as not offered.
        foreach (DateOnly day in listed.Select(DayOf).Distinct().Order())
            catalog = catalog.Refresh(listed.Select(model => Entry(model, day)), day).Catalog;
        prices.Take(catalog);
        _newest = newest;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool failing = false;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                    failing = false;
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    if (!failing)
                        Stale(failure.Message);
                    failing = true;
                }
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private static DateOnly DayOf(ListedModel model) => DateOnly.FromDateTime(model.PricedAt.UtcDateTime);

    private static ModelListing Entry(ListedModel model, DateOnly day) =>
        new()
        {
            Id = model.Model,
            Active = model.RetiredAt is null,
            Pricing =
                model.Pricing is { } pricing && DayOf(model) == day
                    ? JsonSerializer.Deserialize(pricing, SyncJson.Default.DictionaryStringString)
                    : null,
        };

    [LoggerMessage(61, LogLevel.Warning, "Listed prices can't be read; the last ones stay in force: {Reason}")]
    private partial void Stale(string reason);
}
