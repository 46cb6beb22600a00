using GroqKit.Gateway.Api;
using GroqKit.Gateway.Api.Admin;
using GroqKit.Gateway.Api.Admin.Usage;
using GroqKit.Gateway.Api.Health;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Api.OpenAi.Audio;
using GroqKit.Gateway.Api.OpenAi.Batches;
using GroqKit.Gateway.Api.OpenAi.Completions;
using GroqKit.Gateway.Api.OpenAi.Events;
using GroqKit.Gateway.Api.OpenAi.Files;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Api.OpenAi.Models;
using GroqKit.Gateway.Api.OpenAi.Responses;
using GroqKit.Gateway.Api.Voice;
using GroqKit.Gateway.Api.Webhooks;
using GroqKit.Gateway.Dashboard;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Egress;
using GroqKit.Gateway.Infrastructure.Http;
using GroqKit.Gateway.Infrastructure.Metrics;
using GroqKit.Gateway.Infrastructure.Redis;
using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Limits.Leases;
using GroqKit.Gateway.Services.Models;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Providers.Health;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GroqKit.Gateway.Hosting;

/// <summary>Puts the gateway together: the only place that knows every part.</summary>
internal static class GatewayServices
{
    private const string JournalFolder = "journal";

    // What stopping takes beyond the grace: writing the last error events.
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(5);

    public static void AddGateway(this WebApplicationBuilder builder, GatewaySettings settings, Provider provider)
    {
        builder.AddListening(settings);
        IServiceCollection services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Deadlines);
        services.AddSingleton(settings.BodyLimits);
        services.AddSharing(settings);
        services.AddConfiguration(settings, provider);
        services.AddForwarding(settings);
        services.AddUsage(settings);
        services.AddLimits(settings);
        services.AddTelemetry(settings);
        services.AddCache(settings);
        services.AddVoice(settings);
        services.AddBackground(settings);
        services.AddSingleton<LentKeys>();
        services.AddSingleton<CallerGate>();
        services.AddSingleton<CallPipeline>();
        services.AddSingleton<RequestBody>();
        services.AddSingleton<WholeAnswerRelay>();
        services.AddSingleton<StreamRelay>();
        services.AddSingleton<ChatCallParts>();
        services.AddPrivacy(settings);
        services.AddSingleton<ChatCompletions>();
        services.AddSingleton<BytesRelay>();
        services.AddSingleton<EventRelay>();
        services.AddSingleton<JsonCalls>();
        services.AddSingleton<CompletionCalls>();
        services.AddSingleton<ResponseParts>();
        services.AddSingleton<ResponseCalls>();
        services.AddSingleton<TenantObjects>();
        services.AddSingleton<ProviderObject>();
        services.AddSingleton<FileCalls>();
        services.AddSingleton<HearingCalls>();
        services.AddSingleton<SpeakingCalls>();
        services.AddSingleton<BatchCalls>();
        services.AddSingleton<ModelDirectory>();
        services.AddSingleton<ModelWriter>();
        services.AddSingleton<ModelCalls>();
        services.AddSingleton<Failover>();
        services.AddAdministration();
        services.AddDashboard();
        services.AddHostedService<Shutdown>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Announce + settings.Grace + StopMargin);
    }

    public static void MapGateway(this WebApplication app)
    {
        // Nobody asks for it, but its gauges are on the page only once it is there.
        app.Services.GetRequiredService<JournalMetrics>();
        app.Services.GetRequiredService<CacheMetrics>();
        app.Services.GetRequiredService<CircuitGauge>();
        app.RefuseAmbiguousLength();
        app.UseRoutes(app.Services.GetRequiredService<GatewaySettings>());
        app.MapMetrics();
        app.MapHealth();
        app.MapAdministration();
        IncomingRoute.Map(app);
        app.MapVoice();
        app.MapDashboard();
        app.MapOpenAi();
    }

    private static void UseRoutes(this WebApplication app, GatewaySettings settings)
    {
        if (settings.Telemetry.Traces)
        {
            // Has to stand between routing and the endpoints.
            app.UseTelemetry();
            return;
        }
        app.Use(new LiteralRoutes(((IEndpointRouteBuilder)app).DataSources).Before);
        app.UseRouting();
    }

    /// <summary>What has to be there before the first call: the schema and the configuration.</summary>
    /// <exception cref="StorageException">The database can't be reached.</exception>
    public static async Task PrepareAsync(this WebApplication app, CancellationToken cancellationToken)
    {
        await app.Services.GetRequiredService<Migrator>().RunAsync(cancellationToken);
        await app.Services.GetRequiredService<SnapshotKeeper>().RefreshAsync(cancellationToken);
        await app.Services.GetRequiredService<SecretsCheck>().RunAsync(cancellationToken);
    }

    private static void AddForwarding(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(_ =>
            UpstreamHandler.Create(
                settings.Deadlines,
                settings.Connections,
                settings.Telemetry.Traces,
                new GuardedConnector(settings.Egress, new SystemResolver())
            )
        );
        services.AddSingleton<ProviderPace>();
        services.AddSingleton<UpstreamClient>();
        services.AddSingleton(new LaneOptions());
        services.AddSingleton(new HealthOptions { Interval = settings.ProbeAfter, FirstProbe = settings.ProbeAfter });
        services.AddSingleton(new RetryRules(settings.LongestRetryWait, SystemRandomness.Next));
        services.AddSingleton<ILaneProbe, LaneProbe>();
        services.AddSingleton<UpstreamLanes>();
        services.AddHostedService<LaneKeeper>();
        services.AddSingleton<StopSignal>();
        services.AddSingleton<Router>();
        services.AddSingleton<ModelPicker>();
    }

    private static void AddLimits(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton<ILimitHistory, UsageHistory>();
        services.AddCounters(settings);
        services.AddSingleton<Limiter>();
        services.AddSingleton<CallAdmission>();
    }

    // A file serves one node, which counts best by itself.
    private static void AddCounters(this IServiceCollection services, GatewaySettings settings)
    {
        if (settings.Database.Dialect == Dialect.Sqlite)
        {
            services.AddSingleton<ILimitCounters, LocalCounters>();
            return;
        }
        if (settings.Redis is null)
            services.AddSingleton<ILedgerStore, PostgresLedgerStore>();
        else
            services.AddSingleton<ILedgerStore, RedisLedgerStore>();
        services.AddSingleton<NodeRoster>();
        services.AddSingleton<LeasedCounters>();
        services.AddSingleton<ILimitCounters>(all => all.GetRequiredService<LeasedCounters>());
        services.AddHostedService(all => all.GetRequiredService<LeasedCounters>());
    }

    private static void AddUsage(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(new RefreshedPrices(settings.Prices));
        services.AddSingleton<IPriceBook>(all => all.GetRequiredService<RefreshedPrices>());
        services.AddSingleton(
            new JournalOptions(
                Path.Combine(settings.DataDirectory, JournalFolder),
                JournalOptions.DefaultSegmentBytes,
                settings.JournalBytes
            )
        );
        services.AddSingleton<UsageJournal>();
        services.AddSingleton<IUsageJournal>(all => all.GetRequiredService<UsageJournal>());
        // First of all sinks: an account is safe before anything else is done with it.
        services.AddSingleton<IUsageSink>(all => all.GetRequiredService<UsageJournal>());
        services.AddHostedService<JournalKeeper>();
        services.AddSingleton<IUsageStore, UsageTable>();
        services.AddSingleton<IUsageReports, UsageReports>();
        services.AddSingleton<UsageEndpoints>();
        services.AddSingleton<PricedModels>();
        services.AddSingleton<EstimateEndpoint>();
        services.AddSingleton<UsageShipper>();
        services.AddHostedService(all => all.GetRequiredService<UsageShipper>());
        services.AddSingleton<IPendingUsage>(all => all.GetRequiredService<UsageShipper>());
        services.AddSingleton<RequestIds>();
        services.AddSingleton<RequestMeters>();
        services.AddSingleton<ProviderTraffic>();
        services.AddSingleton<IUsageSink>(all => all.GetRequiredService<ProviderTraffic>());
        services.AddSingleton<IUsageSink, GatewayMetrics>();
        services.AddSingleton<IUsageSink, UnpricedAlarm>();
        services.AddSingleton<IUsageSink, GenAiMetrics>();
        services.AddSingleton<RateLimitsSeen>();
        services.AddSingleton<IUsageSink, GroqMetrics>();
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton<CircuitGauge>();
        services.AddSingleton<IMetricsPage, PrometheusPage>();
    }
}
