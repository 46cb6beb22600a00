using System.Security.Cryptography;
using GroqKit.Gateway.Api.Webhooks;
using GroqKit.Gateway.Infrastructure.Egress;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Infrastructure.Webhooks;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GroqKit.Gateway.Hosting;

/// <summary>What the gateway does besides answering: jobs, webhooks, keeping in step with providers.</summary>
internal static class BackgroundServices
{
    public static void AddBackground(this IServiceCollection services)
    {
        services.AddJobs();
        services.AddWebhooks();
    }

    private static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton(_ => new JobBackoff(Randomness));
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobTable>();
        services.AddSingleton<IJobStore>(all => all.GetRequiredService<JobTable>());
        services.AddHostedService<JobWorker>();
    }

    private static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton(_ => new DeliverySchedule(Randomness));
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

    private static double Randomness() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
