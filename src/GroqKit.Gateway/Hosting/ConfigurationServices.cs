using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Infrastructure.Http;
using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Audit;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Settings;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Hosting;

/// <summary>What is stored of the configuration, and its snapshot in memory.</summary>
internal static class ConfigurationServices
{
    public static void AddConfiguration(this IServiceCollection services, GatewaySettings settings, Provider provider)
    {
        services.AddDatabase(settings);
        services.AddSingleton(settings.Egress);
        services.AddSingleton(settings.RealtimeOrigins);
        services.AddSingleton(settings.RealtimeTimes);
        services.AddSingleton(all => new EnvironmentConfiguration(
            [provider, .. settings.MoreProviders],
            settings.AdminKey is { } adminKey
                ? KeyIssuer.Describe(adminKey, all.GetRequiredService<TimeProvider>().GetUtcNow())
                : null
        )
        {
            Aliases = settings.Aliases,
            Privacy = settings.Privacy.Default,
        });
        services.AddSingleton<ISecretProtector>(_ => new AesSecretProtector(
            MasterKey.Find(settings),
            settings.PreviousMasterKey
        ));
        services.AddSingleton<CurrentSnapshot>();
        services.AddSingleton<SnapshotBuilder>();
        services.AddSingleton<SnapshotKeeper>();
        services.AddHostedService(all => all.GetRequiredService<SnapshotKeeper>());
        services.AddSingleton<KeyIssuer>();
        services.AddSingleton(new KeyEnvironment(settings.KeyEnvironment));
        services.AddSingleton<ProviderProbe>();
        services.AddSingleton<IProviderProbe>(all => all.GetRequiredService<ProviderProbe>());
        services.AddSingleton<IModelLister>(all => all.GetRequiredService<ProviderProbe>());
    }

    /// <summary>Follows changes of the operator's file.</summary>
    public static void AddConfigurationFile(this IServiceCollection services, ConfigLoader loader)
    {
        services.AddSingleton(loader);
        services.AddSingleton<IEffectiveSettings, EffectiveSettings>();
        services.AddSingleton<ConfigWatcher>();
        services.AddHostedService(all => all.GetRequiredService<ConfigWatcher>());
    }

    private static void AddDatabase(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(_ => settings.Database.Create());
        services.AddSingleton(all => new Migrator(
            all.GetRequiredService<IDatabase>(),
            Migration.All,
            all.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<KeyTable>();
        services.AddSingleton<IFirstKey>(all => all.GetRequiredService<KeyTable>());
        services.AddSingleton<IRecordStore<CallerKey>>(all => all.GetRequiredService<KeyTable>());
        services.AddSingleton<ProviderTable>();
        services.AddSingleton<IRecordStore<ProviderConfiguration>>(all => all.GetRequiredService<ProviderTable>());
        services.AddSingleton<AliasTable>();
        services.AddSingleton<IRecordStore<ModelAlias>>(all => all.GetRequiredService<AliasTable>());
        services.AddSingleton<AgentTable>();
        services.AddSingleton<IRecordStore<Agent>>(all => all.GetRequiredService<AgentTable>());
        services.AddSingleton<IObjectOwners, ObjectTable>();
        services.AddSingleton<IAuditLog, AuditTable>();
        services.AddSingleton<IShareStore, ShareTable>();
        services.AddSingleton<IConfigurationStore, ConfigurationTable>();
    }
}
