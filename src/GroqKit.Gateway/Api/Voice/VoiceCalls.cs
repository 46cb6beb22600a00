using System.Globalization;
using GroqKit.Gateway.Api.Idempotency;
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
    TimeProvider time
)
{
    private const int MostPatience = 60;

    // What a turn means beside its settings and what is said.
    private static readonly string[] Meaning =
    [
        GatewayHeaders.Conversation,
        GatewayHeaders.User,
        GatewayHeaders.OnBreak,
    ];

    // Far below any coding of speech; counted over all of the recording so far.
    private static readonly MinDataRate SlowestSpeech = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(60));

    public const string AgentValue = "agent";
    public const string TurnValue = "turn";
    public const string CallValue = "call";

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
        else if (id is not null)
            await KeepNamedAsync(exchange, request, models, output, patience, id);
        else
            await KeepAsync(exchange, request, models, output, patience, id, content: null);
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

    // The turn goes on without its caller's connection, for a while.
    private async Task KeepAsync(
        Exchange exchange,
        VoiceRequest request,
        VoiceModels models,
        VoiceOutput output,
        TimeSpan patience,
        string? id,
        TurnContent? content
    )
    {
        var place = new TurnName(exchange.Caller.Id, exchange.Meter.Agent!, id ?? "");
        kept.Reserve(place);
        SpokenTurn spoken;
        try
        {
            spoken = await starter.StartAsync(
                exchange,
                request,
                models,
                output,
                id,
                isKept: true,
                CancellationToken.None
            );
        }
        catch
        {
            kept.Release(place);
            throw;
        }
        var turn = new KeptTurn(spoken.Record, content, patience, time);
        kept.Add(turn);
        _ = turn.RunAsync(spoken.ReadAsync(), EndAsync, () => kept.Remove(turn));
        await delivery.GiveAsync(exchange, output, spoken.Record, leaving => turn.Open(after: -1, leaving));
        // Another connection may read by now; what is said still comes by this one.
        if (request.Input.Audio is not null)
            await spoken.Record.Taken.WaitAsync(exchange.Context.RequestAborted);

        async Task EndAsync()
        {
            await spoken.DisposeAsync();
            content?.Dispose();
        }
    }

    // A name stands for one turn: who sends it again, since the answer was lost, gets that turn, and no second one is paid.
    private async Task KeepNamedAsync(
        Exchange exchange,
        VoiceRequest request,
        VoiceModels models,
        VoiceOutput output,
        TimeSpan patience,
        string id
    )
    {
        KeptTurn? earlier = kept.Find(new TurnName(exchange.Caller.Id, exchange.Meter.Agent!, id));
        // What failed, or did not come to its end, may be tried again.
        if (earlier is { Left: not null } && (earlier.Fingerprint is null || earlier.Record.Failure is not null))
            earlier = null;
        if (earlier is { Fingerprint: null })
            throw VoiceRefusals.StillComing(id);
        TurnContent content = ContentOf(exchange.Request, request, output);
        if (request.Input.Text is { } text)
            content.Take(text);
        else
            request = request with
            {
                Input = VoiceInput.FromAudio(
                    content.Watch(request.Input.Audio!, request.Input.MediaType),
                    request.Input.MediaType
                ),
            };
        if (earlier is null)
        {
            await KeepAsync(exchange, request, models, output, patience, id, content);
            return;
        }
        using TurnContent again = content;
        await PassOverAsync(request.Input.Audio, exchange.Lifetime.Token);
        if (content.Fingerprint != earlier.Fingerprint)
            throw VoiceRefusals.OtherContent(id);
        await delivery.GiveAsync(exchange, output, earlier.Record, Again);

        IAsyncEnumerable<VoiceEvent> Again(CancellationToken leaving)
        {
            IAsyncEnumerable<VoiceEvent> events = earlier.Open(after: -1, leaving);
            exchange.Response.Headers[IdempotentCalls.Replayed] = "true";
            return events;
        }
    }

    private static TurnContent ContentOf(HttpRequest asked, VoiceRequest request, VoiceOutput output) =>
        new([
            output.Format.MediaType,
            request["language"],
            request["voice"],
            request["instructions"],
            request[VoiceTools.Name],
            request[VoiceTools.Filler],
            .. Meaning.Select(name => asked.Headers[name].ToString()),
        ]);

    private static async Task PassOverAsync(Stream? sound, CancellationToken cancellationToken)
    {
        if (sound is null)
            return;
        byte[] buffer = new byte[16 * 1024];
        long bytes = 0;
        int read;
        try
        {
            while ((read = await sound.ReadAsync(buffer, cancellationToken)) > 0)
            {
                bytes += read;
                if (bytes > TurnStarter.MostSound)
                    throw RequestErrors.TooLarge("the limit of a recording", TurnStarter.MostSound);
            }
        }
        catch (IOException broken)
        {
            throw VoiceErrors.Of(StageFailure.OfSound(broken));
        }
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
