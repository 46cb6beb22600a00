using GroqKit.Gateway.Api.Idempotency;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;
using Microsoft.AspNetCore.Connections;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// What every call goes through: an id, the key check, an account that is settled whatever happens, and one place where failures
/// become answers.
/// </summary>
internal sealed partial class CallPipeline(
    CallerGate gate,
    RequestIds ids,
    RequestMeters meters,
    IdempotentCalls idempotent,
    IUsageJournal journal,
    Deadlines deadlines,
    EnvironmentConfiguration environment,
    StopSignal stop,
    TimeProvider time,
    ILogger<CallPipeline> logger
)
{
    /// <summary>Wraps a handler of authenticated calls.</summary>
    public RequestDelegate Authenticated(string operation, Scopes needed, Func<Exchange, Task> handler) =>
        context => RunAsync(context, operation, needed, handler);

    /// <summary>Answers every call with the same kind of refusal, without asking for a key.</summary>
    public RequestDelegate Refusing(Func<HttpRequest, GatewayException> refusal) =>
        context =>
        {
            Mark(context.Response, ids.Next());
            return ErrorAnswer.WriteAsync(context.Response, refusal(context.Request));
        };

    private async Task RunAsync(HttpContext context, string operation, Scopes needed, Func<Exchange, Task> handler)
    {
        // What letting the caller in costs is the gateway's own time too.
        long begun = time.GetTimestamp();
        string id = ids.Next();
        Mark(context.Response, id);
        CallerKey caller;
        try
        {
            caller = gate.Admit(context.Request, needed);
            if (!journal.HasRoom)
                throw RequestErrors.UsageJournalFull();
        }
        catch (GatewayException refused)
        {
            if (refused.Error.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.WWWAuthenticate = "Bearer";
            await ErrorAnswer.WriteAsync(context.Response, refused);
            return;
        }
        RequestMeter meter = meters.Begin(id, operation, caller, begun);
        using var lifetime = new CallLifetime(time, meter, deadlines.Shortest, context.RequestAborted, stop.GraceOver);
        try
        {
            IHeaderDictionary headers = context.Request.Headers;
            meter.Conversation = CallLabels.Check(headers[GatewayHeaders.Conversation], GatewayHeaders.Conversation);
            meter.EndUser = CallLabels.Check(headers[GatewayHeaders.User], GatewayHeaders.User);
            var exchange = new Exchange(context, caller, meter, lifetime);
            LimitHeaders.Promise(exchange, time);
            // Calls without a key pay for one look, and for no delegate.
            if (context.Request.Headers.ContainsKey(IdempotentCalls.Header))
                await RunOnceAsync(exchange, handler);
            else
                await handler(exchange);
        }
        catch (AnswerCutException cut)
        {
            // Settled and told already; the server has to see it to leave the answer visibly unfinished.
            Log(meter, cut.Cause);
            throw;
        }
        catch (Exception failure)
        {
            await FailAsync(context, meter, lifetime, failure);
        }
    }

    private Task RunOnceAsync(Exchange exchange, Func<Exchange, Task> handler) =>
        idempotent.RunAsync(
            exchange.Context,
            exchange.Caller,
            exchange.Caller.Tenant,
            exchange.Meter,
            () => handler(exchange)
        );

    private void Mark(HttpResponse response, string id)
    {
        response.Headers[GatewayHeaders.RequestId] = id;
        // Nobody is to take the simulator's world for the real one, not even by an error.
        if (environment.Default.Simulated)
            response.Headers[GatewayHeaders.Provider] = environment.Default.Name;
    }

    private async Task FailAsync(HttpContext context, RequestMeter meter, CallLifetime lifetime, Exception failure)
    {
        GatewayException error = Classify(failure, lifetime, context.RequestAborted);
        if (error.Outcome == Outcome.ClientGone)
        {
            meter.Settle(
                Outcome.ClientGone,
                context.Response.HasStarted ? context.Response.StatusCode : 0,
                error.Error.Code
            );
            context.Abort();
            return;
        }
        Log(meter, error);
        if (context.Response.HasStarted)
        {
            meter.Settle(error.Outcome, context.Response.StatusCode, error.Error.Code);
            context.Abort();
            return;
        }
        meter.Settle(error.Outcome, error.Error.Status, error.Error.Code);
        await ErrorAnswer.WriteAsync(context.Response, error);
    }

    private static GatewayException Classify(Exception failure, CallLifetime lifetime, CancellationToken callerGone) =>
        failure switch
        {
            GatewayException known => known,
            _ when callerGone.IsCancellationRequested || lifetime.Reason == Outcome.ClientGone =>
                UpstreamErrors.CallerLeft(),
            ConnectionResetException or ConnectionAbortedException => UpstreamErrors.CallerLeft(),
            IOException broken when RequestErrors.Unreadable(broken) is { } unreadable => unreadable,
            OperationCanceledException when lifetime.Reason == Outcome.Stopped => UpstreamErrors.Stopping(),
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

    private void Log(RequestMeter meter, GatewayException error)
    {
        // Only around what is written: a scope around every call would cost every call.
        using IDisposable? scope = logger.BeginScope(new CallScope(meter));
        if (error.Outcome == Outcome.GatewayFailed)
            GatewayFailed(error.InnerException, meter.RequestId);
        else if (error.Error.Code is "provider_key_refused" or "provider_access_denied")
            ProviderDenied(meter.RequestId, error.Error.Code, error.Error.Message);
        else if (error.Error.Status >= 500)
            UpstreamFailed(meter.RequestId, error.Error.Code, error.InnerException?.Message ?? error.Error.Message);
    }

    [LoggerMessage(1, LogLevel.Error, "{RequestId}: a fault of the gateway")]
    private partial void GatewayFailed(Exception? exception, string requestId);

    [LoggerMessage(2, LogLevel.Error, "{RequestId}: {Code}: {Message}")]
    private partial void ProviderDenied(string requestId, string code, string message);

    [LoggerMessage(3, LogLevel.Warning, "{RequestId}: {Code}: {Cause}")]
    private partial void UpstreamFailed(string requestId, string code, string cause);
}
