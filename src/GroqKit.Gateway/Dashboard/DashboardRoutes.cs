using GroqKit.Gateway.Api;
using GroqKit.Gateway.Dashboard.Assets;
using GroqKit.Gateway.Dashboard.Choosing;
using GroqKit.Gateway.Dashboard.Forms;
using GroqKit.Gateway.Dashboard.Own;
using GroqKit.Gateway.Dashboard.Pages;
using GroqKit.Gateway.Dashboard.Rendering;
using GroqKit.Gateway.Dashboard.Sessions;
using GroqKit.Gateway.Dashboard.Watching;
using GroqKit.Gateway.Services.Keys;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace GroqKit.Gateway.Dashboard;

/// <summary>
/// The dashboard at <c>/</c>. It is routes like the others and no middleware: a call of <c>/v1</c> passes nothing of it.
/// </summary>
internal static class DashboardRoutes
{
    private static readonly PageRoute[] Pages =
    [
        new("/", "Overview", Scopes.UsageRead, typeof(OverviewPage)),
        new("/agents", "Agents", Scopes.AgentsRead, typeof(AgentsPage)),
        new("/agents/{name}", "Agent", Scopes.AgentsRead, typeof(AgentPage)),
        new("/playground", "Playground", Scopes.Models, typeof(PlaygroundPage)),
        new("/providers", "Providers", Scopes.ProvidersRead, typeof(ProvidersPage)),
        new("/providers/{name}", "Provider", Scopes.ProvidersRead, typeof(ProviderPage)),
        new("/usage", "Usage and cost", Scopes.UsageRead, typeof(UsagePage)),
        new("/usage/{id}", "Call", Scopes.UsageRead, typeof(CallPage)),
        new("/keys", "Keys", Scopes.KeysRead, typeof(KeysPage)),
        new("/keys/{id}", "Key", Scopes.KeysRead, typeof(KeyPage)),
        new("/webhooks", "Webhooks", Scopes.WebhooksRead, typeof(WebhooksPage)),
        new("/webhooks/{id}", "Webhook", Scopes.WebhooksRead, typeof(WebhookPage)),
        new("/jobs", "Jobs and sync", Scopes.JobsRead, typeof(JobsPage)),
        new("/audit", "Audit log", Scopes.AuditRead, typeof(AuditPage)),
        new("/settings", "Settings", Scopes.KeysRead, typeof(SettingsPage)),
        new("/start", "First steps", Scopes.Models, typeof(StartPage)),
    ];

    public static void AddDashboard(this IServiceCollection services)
    {
        services.AddRadzenComponents();
        services.AddScoped<NavigationManager, StillNavigation>();
        services.AddScoped<IJSRuntime, NoScripts>();
        services.AddScoped<Visit>();
        services.AddSingleton<ModelCards>();
        services.AddSingleton<ProviderWatch>();
        services.AddSingleton<AssetFiles>();
        services.AddSingleton<OwnRoutes>();
        services.AddSingleton<OwnCalls>();
        services.AddSingleton<PassedCalls>();
        services.AddSingleton<CsvDownload>();
        services.AddSingleton<FormCalls>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<PageHost>();
        services.AddSingleton<SessionSeal>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SignInPace>();
        services.AddSingleton<SignIn>();
    }

    public static void MapDashboard(this WebApplication app)
    {
        var host = app.Services.GetRequiredService<PageHost>();
        var signIn = app.Services.GetRequiredService<SignIn>();
        foreach (PageRoute page in Pages)
            app.MapMethods(page.Path, ["GET", "POST"], host.Handler(page)).WithMetadata(RouteAccess.Session);
        app.MapGet(SignIn.Path, (RequestDelegate)signIn.ShowAsync).WithMetadata(RouteAccess.Public);
        app.MapPost(SignIn.Path, (RequestDelegate)signIn.EnterAsync).WithMetadata(RouteAccess.Public);
        app.MapPost(SignIn.OutPath, (RequestDelegate)signIn.ExitAsync).WithMetadata(RouteAccess.Session);
        app.MapGet(AssetFiles.Route, (RequestDelegate)app.Services.GetRequiredService<AssetFiles>().SendAsync)
            .WithMetadata(RouteAccess.Public);
        app.MapGet(CsvDownload.Route, (RequestDelegate)app.Services.GetRequiredService<CsvDownload>().SendAsync)
            .WithMetadata(RouteAccess.Session);
        RequestDelegate pass = app.Services.GetRequiredService<PassedCalls>().PassAsync;
        app.Map(PassedCalls.Prefix + "/v1/{**path}", pass).WithMetadata(RouteAccess.Session);
        app.MapGet(PassedCalls.Prefix + "/api/usage", pass).WithMetadata(RouteAccess.Session);
    }
}
