using GroqKit.Gateway.Api.Idempotency;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>What every call of the admin API goes through: an id, the key check, the tenant, and one place where failures become answers.</summary>
internal sealed partial class AdminPipeline(
    CallerGate gate,
    RequestIds ids,
    AdminBody bodies,
    IdempotentCalls idempotent,
    ILogger<AdminPipeline> logger
)
{
    private const string TenantParameter = "tenant";

    /// <summary>Wraps a handler.</summary>
    public Func<HttpContext, Task> For(Scopes needed, Func<AdminCall, Task> handler) =>
        context => RunAsync(context, needed, handler);

    private async Task RunAsync(HttpContext context, Scopes needed, Func<AdminCall, Task> handler)
    {
        string id = ids.Next();
        context.Response.Headers[GatewayHeaders.RequestId] = id;
        try
        {
            CallerKey caller = gate.Admit(context.Request, needed);
            var actor = new Actor(caller, TenantOf(context.Request, caller), id);
            await idempotent.RunAsync(
                context,
                caller,
                actor.Tenant,
                meter: null,
                () => handler(new AdminCall(context, actor, bodies))
            );
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            context.Abort();
        }
        catch (Exception failure)
        {
            await FailAsync(context, Classify(failure), id);
        }
    }

    private async Task FailAsync(HttpContext context, GatewayException error, string id)
    {
        if (error.Error.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (error.Error.Status >= 500)
            Failed(error.InnerException, id, error.Error.Code);
        await ErrorAnswer.WriteAsync(context.Response, error);
    }

    /// <summary>Whose configuration is meant: the caller's own, unless one of the operator's own keys names another.</summary>
    private static string TenantOf(HttpRequest request, CallerKey caller)
    {
        var named = request.Query[TenantParameter];
        if (named.Count == 0 || named == caller.Tenant)
            return caller.Tenant;
        if (named.Count > 1)
            throw RequestErrors.Duplicate(TenantParameter);
        if (caller.Tenant != Tenants.Home)
            throw RequestErrors.ForeignTenant();
        string tenant = named.ToString();
        return RecordName.IsWellFormed(tenant)
            ? tenant
            : throw RequestErrors.WrongValue(TenantParameter, RecordName.Rule);
    }

    private static GatewayException Classify(Exception failure) =>
        failure switch
        {
            GatewayException known => known,
            StorageException storage => RequestErrors.StorageUnavailable(storage),
            IOException broken when RequestErrors.Unreadable(broken) is { } unreadable => unreadable,
            _ => new GatewayException(
                new GatewayError(
                    500,
                    ErrorTypes.Server,
                    "internal_error",
                    "The gateway failed. The request id is in its log."
                ),
                Outcome.GatewayFailed,
                failure
            ),
        };

    [LoggerMessage(1, LogLevel.Error, "{RequestId}: {Code}")]
    private partial void Failed(Exception? exception, string requestId, string code);
}
