using System.Net.WebSockets;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Origins;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;
using GroqKit.Voice.Realtime;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>OpenAI's Realtime protocol over a WebSocket, for an agent or a model: clients of that protocol work unmodified.</summary>
internal sealed class RealtimeCalls(Router router, VoiceStages stages, AllowedOrigins origins, TimeProvider time)
{
    private const string Protocol = "realtime";

    public async Task HandleAsync(Exchange exchange)
    {
        HttpContext context = exchange.Context;
        if (!context.WebSockets.IsWebSocketRequest)
            throw RequestErrors.WrongValue("upgrade", "is missing: this address takes WebSockets only");
        if (!origins.Permit(context.Request.Headers.Origin, context.Request.Host))
            throw RequestErrors.ForeignOrigin(context.Request.Headers.Origin.ToString());
        string model = context.Request.Query["model"].ToString();
        if (AgentHeader.Read(context.Request) is { } agent)
            model = Router.AgentPrefix + agent;
        if (model.Length == 0)
            throw RequestErrors.Missing("model");
        VoiceModels models = VoiceModels.OfModel(router, exchange.Caller, model);
        if (models.Hearing is null || models.Speaking is null)
            throw RequestErrors.WrongValue("model", $"names '{model}', which can't both hear and speak");
        router.Resolve(System.Text.Encoding.UTF8.GetBytes(models.Answering), "model", exchange.Caller);
        exchange.Meter.Agent = models.Agent;
        exchange.Meter.Streamed = true;
        string? protocol = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol) ? Protocol : null;
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext
            {
                SubProtocol = protocol,
                KeepAliveInterval = TimeSpan.FromSeconds(5),
                KeepAliveTimeout = TimeSpan.FromSeconds(10),
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

    private async Task RunAsync(Exchange exchange, WebSocket socket, string model, VoiceModels models)
    {
        var account = new TurnAccount();
        (VoiceClients clients, ProviderSet set) = stages.Create(
            models,
            VoiceStages.IdentityOf(exchange.Request, CallerGate.AuthorizationOf(exchange.Request).ToString(), models),
            account
        );
        using ProviderSet kept = set;
        using var session = new RealtimeSession(
            new WebSocketLine(socket),
            new RealtimeOptions
            {
                Model = model,
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
                exchange.Lifetime.Reason == Outcome.Stopped
                    ? (WebSocketCloseStatus.EndpointUnavailable, "The gateway stops.")
                    : (WebSocketCloseStatus.NormalClosure, "");
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
            await socket.CloseOutputAsync(status, reason, patience.Token);
        }
    }
}
