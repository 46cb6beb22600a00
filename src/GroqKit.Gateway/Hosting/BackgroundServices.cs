using GroqKit.Gateway.Api.Webhooks;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Egress;
using GroqKit.Gateway.Infrastructure.Http;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Infrastructure.Sync;
using GroqKit.Gateway.Infrastructure.Webhooks;
using GroqKit.Gateway.Services.Batches;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Sync;
using GroqKit.Gateway.Services.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GroqKit.Gateway.Hosting;

/// <summary>What the gateway does besides answering: jobs, webhooks, keeping in step with providers.</summary>
internal static class BackgroundServices
{
    public static void AddBackground(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddJobs();
        services.AddWebhooks();
        services.AddSync(settings);
    }

    private static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton(_ => new JobBackoff(SystemRandomness.Next));
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobTable>();
        services.AddSingleton<IJobStore>(all => all.GetRequiredService<JobTable>());
        services.AddHostedService<JobWorker>();
    }

    private static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton(_ => new DeliverySchedule(SystemRandomness.Next));
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookTargetTable>();
        services.AddSingleton<IRecordStore<WebhookTarget>>(all => all.GetRequiredService<WebhookTargetTable>());
        services.AddSingleton<EventOutbox>();
        services.AddSingleton<IEventOutbox>(all => all.GetRequiredService<EventOutbox>());
        services.AddSingleton<IDeliveryStore, DeliveryTable>();
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        services.AddSingleton<IWebhookSender, WebhookSender>();
        services.AddSingleton<IJobHandler, WebhookDeliverer>();
        services.AddSingleton<WebhookSourceTable>();
        services.AddSingleton<IRecordStore<WebhookSource>>(all => all.GetRequiredService<WebhookSourceTable>());
        services.AddSingleton<IReceiptStore, ReceiptTable>();
        services.AddSingleton<IIncomingHandler, RecordHandler>();
        services.AddSingleton<IJobHandler, IncomingJobs>();
        services.AddSingleton<IncomingWebhooks>();
        services.AddSingleton<IncomingRoute>();
    }

    private static void AddSync(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(settings.Retention);
        services.AddSingleton<ISyncStore, SyncTable>();
        services.AddSingleton<IHealthStore, HealthTable>();
        services.AddSingleton<IListingStore, ListingTable>();
        services.AddSingleton<IFallbackStatistics, FallbackStatistics>();
        services.AddSingleton<IIncomingHandler, SyncHandler>();
        services.AddSyncTask<CatalogTask>(settings);
        services.AddSyncTask<HealthTask>(settings);
        services.AddSyncTask<BudgetTask>(settings);
        services.AddSyncTask<KeyTask>(settings);
        services.AddSingleton<IBatchReader, BatchReader>();
        services.AddSingleton<BatchAccounts>();
        services.AddSyncTask<BatchTask>(settings);
        services.AddSyncTask<FallbackTask>(settings);
        services.AddSyncTask<RetentionTask>(settings);
        services.AddSingleton<IAllWebhooks, AllWebhooks>();
        services.AddSingleton<SecretsCheck>();
        services.AddSyncTask<RewrapTask>(settings);
        services.AddSingleton<CatalogKeeper>();
        services.AddHostedService(all => all.GetRequiredService<CatalogKeeper>());
        services.AddHostedService<SyncScheduler>();
    }

    private static void AddSyncTask<TTask>(this IServiceCollection services, GatewaySettings settings)
        where TTask : class, ISyncTask
    {
        services.AddSingleton<TTask>();
        services.AddSingleton<ISyncTask>(all => all.GetRequiredService<TTask>());
        // A node that doesn't sync shows the tasks all the same, and leaves them to others.
        if (settings.Sync)
            services.AddSingleton<IJobHandler>(all => new SyncJob(
                all.GetRequiredService<TTask>(),
                all.GetRequiredService<ISyncStore>(),
                all.GetRequiredService<JobBackoff>(),
                all.GetRequiredService<TimeProvider>()
            ));
    }
}
