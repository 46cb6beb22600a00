using System.Net.WebSockets;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Origins;
using GroqKit.Gateway.Services.Realtime;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;
using GroqKit.Voice.Realtime;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>OpenAI's Realtime protocol over a WebSocket, for an agent or a model: clients of that protocol work unmodified.</summary>
internal sealed partial class RealtimeCalls(
    CallerGate gate,
    Router router,
    VoiceStages stages,
    AllowedOrigins origins,
    RealtimeTimes times,
    StopSignal stop,
    CurrentSnapshot current,
    TimeProvider time,
    ILogger<RealtimeCalls> logger
)
{
    private const string Protocol = "realtime";

    public async Task HandleAsync(Exchange exchange)
    {
        HttpContext context = exchange.Context;
        if (!context.WebSockets.IsWebSocketRequest)
            throw RequestErrors.WrongValue("upgrade", "is missing: this address takes WebSockets only");
        var secret = context.Features.Get<ClientSecret>();
        // Who has a secret was given it by a server that holds a key, for just this; other pages have to be known.
        if (secret is null && !origins.Permit(context.Request.Headers.Origin, context.Request.Host))
            throw RequestErrors.ForeignOrigin(context.Request.Headers.Origin.ToString());
        string model = ModelOf(context.Request, secret);
        VoiceModels models = SessionModels.Find(router, exchange.Caller, model, "model");
        exchange.Meter.Agent = models.Agent;
        exchange.Meter.Streamed = true;
        string? protocol = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol) ? Protocol : null;
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext
            {
                SubProtocol = protocol,
                KeepAliveInterval = times.PingInterval,
                KeepAliveTimeout = times.PingTimeout,
            }
        );
        exchange.Meter.BeginWait();
        try
        {
            await RunAsync(exchange, socket, model, models);
        }
        finally
        {
            exchange.Meter.EndWait();
            exchange.Meter.Settle(
                exchange.Lifetime.Reason ?? Outcome.Completed,
                StatusCodes.Status101SwitchingProtocols
            );
        }
    }

    private static string ModelOf(HttpRequest request, ClientSecret? secret)
    {
        string model = AgentHeader.Read(request) is { } agent
            ? Router.AgentPrefix + agent
            : request.Query["model"].ToString();
        if (secret?.Model is { } only)
        {
            return model.Length == 0 || model == only ? only : throw RequestErrors.ClientSecretForAnother(only);
        }
        return model.Length > 0 ? model : throw RequestErrors.Missing("model");
    }

    private async Task RunAsync(Exchange exchange, WebSocket socket, string model, VoiceModels models)
    {
        var account = new TurnAccount();
        (VoiceClients clients, ProviderSet set) = stages.Create(
            models,
            VoiceStages.IdentityOf(exchange.Request, CallerGate.AuthorizationOf(exchange.Request).ToString(), models),
            account
        );
        using ProviderSet kept = set;
        using var line = new WebSocketLine(socket, times.PingTimeout, time);
        using var session = new RealtimeSession(
            line,
            new RealtimeOptions
            {
                Model = model,
                Session = exchange.Context.Features.Get<ClientSecret>()?.Session,
                MinInterruption = times.MinInterruption,
                Admit = _ => Admit(exchange, line),
                Faulted = fault => SessionFailed(fault, exchange.Meter.RequestId),
                Clients = settings =>
                    VoiceStages.With(
                        clients,
                        settings.Language,
                        settings.Voice,
                        settings.Speed is { } speed && speed != 1 ? (float)speed : null
                    ),
            },
            time
        );
        CancellationToken ending = exchange.Lifetime.Token;
        using CancellationTokenRegistration stopping = stop.Begun.UnsafeRegister(
            static running => ((RealtimeSession)running!).Finish(),
            session
        );
        // What becomes of keys is within the snapshot; a caller that only listens would not notice.
        using IDisposable changing = ChangeToken.OnChange(
            current.Watch,
            () =>
            {
                if (RefusalOf(exchange) is { } refusal)
                    session.Finish(refusal);
            }
        );
        try
        {
            await session.RunAsync(ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The caller left, or the gateway stops; the close below says which.
        }
        catch (WebSocketException)
        {
            // The line broke while something was said.
        }
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            (WebSocketCloseStatus status, string reason) =
                RefusalOf(exchange) is not null
                    ? (WebSocketCloseStatus.PolicyViolation, "The key is not valid any more.")
                : stop.Begun.IsCancellationRequested
                    ? (WebSocketCloseStatus.EndpointUnavailable, "The gateway stops; connect again.")
                : (WebSocketCloseStatus.NormalClosure, "");
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            await socket.CloseOutputAsync(status, reason, patience.Token);
        }
    }

    // A session may last for hours; its key may not.
    private ValueTask Admit(Exchange exchange, WebSocketLine line)
    {
        if (RefusalOf(exchange) is not { } refusal)
            return default;
        line.Refuse();
        throw refusal;
    }

    private VoiceException? RefusalOf(Exchange exchange)
    {
        try
        {
            gate.Admit(exchange.Request, VoiceRoutes.Needed);
            return null;
        }
        catch (GatewayException refused)
        {
            return new VoiceException(refused.Error.Code, VoiceStage.Input, refused.Error.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{RequestId}: a fault within a realtime session")]
    private partial void SessionFailed(Exception exception, string requestId);
}
