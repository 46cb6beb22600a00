using System.Globalization;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Spoken turns of an agent: what the caller says comes in, what is answered goes out as events or as sound.</summary>
internal sealed class VoiceCalls(
    Router router,
    TurnStarter starter,
    VoiceDelivery delivery,
    KeptTurns kept,
    KeptTurnCalls keeping
)
{
    public const string AgentValue = "agent";
    public const string TurnValue = "turn";
    public const string CallValue = "call";

    private const int MostPatience = 60;

    // Far below any coding of speech; counted over all of the recording so far.
    private static readonly MinDataRate SlowestSpeech = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(60));

    public async Task HandleAsync(Exchange exchange)
    {
        HttpContext context = exchange.Context;
        string agent = (string)context.Request.RouteValues[AgentValue]!;
        VoiceModels models = VoiceModels.OfAgent(router, exchange.Caller, agent);
        exchange.Meter.Agent = agent;
        exchange.Meter.Streamed = true;
        LetPause(context);
        VoiceRequest request = await VoiceRequest.ReadAsync(exchange);
        VoiceOutput output = VoiceOutput.Choose(context.Request, request["format"], models.Speaking is not null);
        if (request.Input.Audio is not null && models.Hearing is null)
            throw RequestErrors.WrongValue("agent", $"names '{agent}', which has no speech to text");
        if (output.SoundOnly && models.Speaking is null)
            throw RequestErrors.WrongValue("agent", $"names '{agent}', which has no text to speech");
        string? id = TurnId(request["turn"]);
        if (PatienceOf(request, output) is not { } patience)
            await RunAsync(exchange, request, models, output, id);
        else
            await keeping.RunAsync(exchange, request, models, output, patience, id);
    }

    // A caller who is still speaking may pause, but not hold a connection without a word for ever. What is typed is not spoken.
    private static void LetPause(HttpContext context)
    {
        if (context.Request.HasJsonContentType())
            return;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } pace)
            // Streams of HTTP/2 have one pace for their whole connection.
            pace.MinDataRate = HttpProtocol.IsHttp2(context.Request.Protocol) ? null : SlowestSpeech;
    }

    private async Task RunAsync(
        Exchange exchange,
        VoiceRequest request,
        VoiceModels models,
        VoiceOutput output,
        string? id
    )
    {
        await using SpokenTurn spoken = await starter.StartAsync(
            exchange,
            request,
            models,
            output,
            id,
            isKept: false,
            exchange.Context.RequestAborted
        );
        kept.Replace(spoken.Record.Name);
        await delivery.GiveAsync(exchange, output, spoken.Record, _ => spoken.ReadAsync());
    }

    private static TimeSpan? PatienceOf(VoiceRequest request, VoiceOutput output)
    {
        if (request[VoiceRequest.Resume] is not { } wish)
            return null;
        if (output.SoundOnly)
            throw RequestErrors.WrongValue(VoiceRequest.Resume, "goes with events, not with sound alone");
        return
            int.TryParse(wish, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            && seconds is >= 1 and <= MostPatience
            ? TimeSpan.FromSeconds(seconds)
            : throw RequestErrors.WrongValue(VoiceRequest.Resume, $"must be 1 to {MostPatience} seconds");
    }

    private static string? TurnId(string? given) =>
        given is null || CallerName.IsWellFormed(given)
            ? given
            : throw RequestErrors.WrongValue("turn", CallerName.Rule);
}
