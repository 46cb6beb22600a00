using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Admin.Usage;

/// <summary>The addresses of reports and estimates. Reports are for administrators, estimates for every caller.</summary>
internal static partial class UsageRoutes
{
    public static void MapUsage(this IEndpointRouteBuilder app)
    {
        IServiceProvider all = app.ServiceProvider;
        var gate = all.GetRequiredService<CallerGate>();
        var ids = all.GetRequiredService<RequestIds>();
        var reports = all.GetRequiredService<UsageEndpoints>();
        var estimate = all.GetRequiredService<EstimateEndpoint>();
        ILogger logger = all.GetRequiredService<ILogger<UsageEndpoints>>();
        app.MapGet("/api/usage", Handler(CallerRole.Admin, reports.ListAsync));
        app.MapGet("/api/usage/summary", Handler(CallerRole.Admin, reports.SummarizeAsync));
        app.MapPost("/api/estimate", Handler(CallerRole.Caller, (context, _) => estimate.HandleAsync(context)));

        RequestDelegate Handler(CallerRole role, Func<HttpContext, string, Task> handle) =>
            async context =>
            {
                string id = ids.Next();
                context.Response.Headers[GatewayHeaders.RequestId] = id;
                try
                {
                    CallerKey caller = gate.Admit(context.Request);
                    if (caller.Role < role)
                        throw RequestErrors.NotAllowed();
                    await handle(context, caller.Tenant);
                }
                catch (GatewayException refused)
                {
                    await ErrorAnswer.WriteAsync(context.Response, refused);
                }
                catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
                {
                    ReportFailed(logger, failure, id);
                    if (context.Response.HasStarted)
                        throw;
                    await ErrorAnswer.WriteAsync(context.Response, RequestErrors.StorageUnavailable());
                }
            };
    }

    [LoggerMessage(30, LogLevel.Error, "{RequestId}: a report failed")]
    private static partial void ReportFailed(ILogger logger, Exception failure, string requestId);
}
