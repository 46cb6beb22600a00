using GroqKit.Gateway.Api.Admin.Usage;
using GroqKit.Gateway.Api.Agents;
using GroqKit.Gateway.Api.Aliases;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Aliases;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Sync;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>The admin API as a whole.</summary>
internal static class Administration
{
    public static void AddAdministration(this IServiceCollection services)
    {
        services.AddSingleton<AdminBody>();
        services.AddSingleton<AdminPipeline>();
        services.AddSingleton<KeyAdministration>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<ProviderAdministration>();
        services.AddSingleton<ProviderEndpoints>();
        services.AddSingleton<AgentAdministration>();
        services.AddSingleton<AgentEndpoints>();
        services.AddSingleton<AliasAdministration>();
        services.AddSingleton<AliasEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<JobAdministration>();
        services.AddSingleton<JobEndpoints>();
        services.AddSingleton<TrafficAdministration>();
        services.AddSingleton<TrafficEndpoints>();
        services.AddSingleton<EndUserAdministration>();
        services.AddSingleton<EndUserEndpoints>();
        services.AddSingleton<SyncAdministration>();
        services.AddSingleton<SyncEndpoints>();
        services.AddSingleton<WebhookAdministration>();
        services.AddSingleton<WebhookEndpoints>();
        services.AddSingleton<SourceAdministration>();
        services.AddSingleton<WebhookSourceEndpoints>();
        services.AddApiDocument();
    }

    public static void MapAdministration(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<AdminPipeline>();
        KeyEndpoints.Map(app, pipeline);
        ProviderEndpoints.Map(app, pipeline);
        AgentEndpoints.Map(app, pipeline);
        AliasEndpoints.Map(app, pipeline);
        AuditEndpoints.Map(app, pipeline);
        JobEndpoints.Map(app, pipeline);
        TrafficEndpoints.Map(app, pipeline);
        EndUserEndpoints.Map(app, pipeline);
        SyncEndpoints.Map(app, pipeline);
        WebhookEndpoints.Map(app, pipeline);
        WebhookSourceEndpoints.Map(app, pipeline);
        UsageRoutes.Map(app, pipeline);
        app.MapApiDocument();
    }
}
