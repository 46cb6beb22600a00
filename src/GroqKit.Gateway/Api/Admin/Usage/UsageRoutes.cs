using System.Data.Common;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Api.Admin.Usage;

/// <summary>The addresses of reports and estimates.</summary>
internal static class UsageRoutes
{
    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var reports = app.ServiceProvider.GetRequiredService<UsageEndpoints>();
        var estimate = app.ServiceProvider.GetRequiredService<EstimateEndpoint>();
        Add(
            "GET",
            "/api/usage",
            Scopes.UsageRead,
            "Lists calls and what they used, the newest first; as CSV by 'format=csv'.",
            call => reports.ListAsync(call.Context, call.Actor.Tenant)
        );
        Add(
            "GET",
            "/api/usage/summary",
            Scopes.UsageRead,
            "Sums up usage and cost by agent, key, provider, model, service, hour or day.",
            call => reports.SummarizeAsync(call.Context, call.Actor.Tenant)
        );
        // Whoever may call a model may ask what it would cost.
        Add("POST", "/api/estimate", Scopes.Models, "Says what a call would cost.", estimate.HandleAsync);

        void Add(string method, string path, Scopes needed, string summary, Func<AdminCall, Task> handler) =>
            app.MapMethods(path, [method], (Delegate)pipeline.For(needed, call => ReadAsync(call, handler)))
                .WithMetadata(new RouteAccess(needed))
                .WithTags("Usage")
                .WithSummary($"{summary} Needs {string.Join(", ", Permissions.NamesOf(needed))}.");
    }

    private static async Task ReadAsync(AdminCall call, Func<AdminCall, Task> handler)
    {
        try
        {
            await handler(call);
        }
        catch (Exception failure) when (failure is DbException or TimeoutException && !call.Context.Response.HasStarted)
        {
            throw RequestErrors.StorageUnavailable(failure);
        }
    }
}
