using System.Globalization;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Spoken turns of an agent: what the caller says comes in, what is answered goes out as events or as sound.</summary>
internal sealed class VoiceCalls(
    Router router,
    VoiceStages stages,
    VoiceConversations conversations,
    RunningTurns running,
    KeptTurns kept,
    ITurnTimes times,
    StopSignal stop,
    TimeProvider time
)
{
    private const string Resume = "resume";
    private const string LastEvent = "Last-Event-ID";
    private const int MostPatience = 60;

    // Far below any coding of speech; counted over all of the recording so far.
    private static readonly MinDataRate SlowestSpeech = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(60));

    public const string AgentValue = "agent";
    public const string TurnValue = "turn";

    public async Task HandleAsync(Exchange exchange)
    {
        HttpContext context = exchange.Context;
        string agent = (string)context.Request.RouteValues[AgentValue]!;
        VoiceModels models = VoiceModels.OfAgent(router, exchange.Caller, agent);
        exchange.Meter.Agent = agent;
        exchange.Meter.Streamed = true;
        LetPause(context);
        VoiceRequest request = await VoiceRequest.ReadAsync(context.Request, exchange.Lifetime.Token);
        VoiceOutput output = VoiceOutput.Choose(context.Request, request["format"]);
        if (request.Input.Audio is not null && models.Hearing is null)
            throw RequestErrors.WrongValue("agent", $"names '{agent}', which has no speech to text");
        if (output.SoundOnly && models.Speaking is null)
            throw RequestErrors.WrongValue("agent", $"names '{agent}', which has no text to speech");
        if (PatienceOf(request, output) is { } patience)
            await KeepAsync(exchange, request, models, output, patience);
        else
            await RunAsync(exchange, request, models, output);
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

    /// <summary>Goes on with the events of a turn whose connection broke.</summary>
    public async Task ResumeAsync(Exchange exchange)
    {
        exchange.Meter.Agent = (string)exchange.Request.RouteValues[AgentValue]!;
        exchange.Meter.Streamed = true;
        string id = (string)exchange.Request.RouteValues[TurnValue]!;
        string last = exchange.Request.Headers[LastEvent].ToString();
        long after = -1;
        if (last.Length > 0 && !(long.TryParse(last, CultureInfo.InvariantCulture, out after) && after >= 0))
            throw RequestErrors.WrongValue("last-event-id", "must be the number of an event");
        KeptTurn turn = kept.Find(exchange.Caller.Id, id) ?? throw RequestErrors.NotFound("turn that is kept", id);
        var output = VoiceOutput.Choose(exchange.Request, format: "pcm16") with { SoundOnly = false };
        await WriteAsync(exchange, output, id, turn.ReadAsync(after, exchange.Lifetime.Token), turn.Account);
    }

    /// <summary>Ends a turn that runs, because its caller speaks again.</summary>
    public async Task InterruptAsync(Exchange exchange)
    {
        string id = (string)exchange.Request.RouteValues[TurnValue]!;
        string played = exchange.Request.Query["played_ms"].ToString();
        TimeSpan? heard = null;
        if (played.Length > 0)
        {
            if (!int.TryParse(played, CultureInfo.InvariantCulture, out int ms) || ms < 0)
                throw RequestErrors.WrongValue("played_ms", "must be a whole number of milliseconds");
            heard = TimeSpan.FromMilliseconds(ms);
        }
        VoiceTurn turn = running.Find(exchange.Caller.Id, id) ?? throw RequestErrors.NotFound("running turn", id);
        await turn.InterruptAsync(heard);
        exchange.Response.StatusCode = StatusCodes.Status204NoContent;
        exchange.Meter.Settle(Outcome.Completed, StatusCodes.Status204NoContent);
    }

    private async Task RunAsync(Exchange exchange, VoiceRequest request, VoiceModels models, VoiceOutput output)
    {
        await using SpokenTurn spoken = await StartAsync(exchange, request, models, output, exchange.Lifetime.Token);
        await WriteAsync(exchange, output, spoken.Turn.Id, spoken.Turn.ReadAsync(), spoken.Account);
    }

    // The turn goes on without its caller's connection, for a while.
    private async Task KeepAsync(
        Exchange exchange,
        VoiceRequest request,
        VoiceModels models,
        VoiceOutput output,
        TimeSpan patience
    )
    {
        if (!kept.HasRoom)
            throw RequestErrors.WrongValue(Resume, "can't be granted: too many turns are kept already");
        SpokenTurn spoken = await StartAsync(exchange, request, models, output, stop.GraceOver);
        string caller = exchange.Caller.Id;
        var turn = new KeptTurn(spoken.Turn, spoken.Account, patience, time);
        kept.Add(caller, turn);
        _ = turn.RunAsync(() => spoken.DisposeAsync().AsTask(), () => kept.Remove(caller, turn));
        await WriteAsync(
            exchange,
            output,
            spoken.Turn.Id,
            turn.ReadAsync(after: -1, exchange.Lifetime.Token),
            spoken.Account
        );
    }

    private async Task<SpokenTurn> StartAsync(
        Exchange exchange,
        VoiceRequest request,
        VoiceModels models,
        VoiceOutput output,
        CancellationToken ending
    )
    {
        string? id = TurnId(request["turn"]);
        var account = new TurnAccount();
        (VoiceClients clients, ProviderSet set) = stages.Create(
            models,
            VoiceStages.IdentityOf(exchange.Request, exchange.Request.Headers.Authorization.ToString(), models),
            account
        );
        var pipeline = new VoicePipeline(
            VoiceStages.With(clients, request["language"], request["voice"]),
            new VoiceOptions { Output = output.Format },
            time
        );
        string caller = exchange.Caller.Id;
        (string, string, string)? conversation = exchange.Meter.Conversation is { } name
            ? (exchange.Caller.Tenant, caller, $"{exchange.Meter.Agent}/{name}")
            : null;
        List<ChatMessage> history = [];
        if (request["instructions"] is { Length: > 0 } instructions)
            history.Add(new ChatMessage(ChatRole.System, instructions));
        if (conversation is { } earlier)
            history.AddRange(conversations.Find(earlier));
        VoiceTurn turn = pipeline.Start(request.Input, history, id, ending);
        account.Switched = turn.Switched;
        if (!running.TryAdd(caller, turn))
        {
            await turn.DisposeAsync();
            set.Dispose();
            throw RequestErrors.Taken("turn", "turn", turn.Id);
        }
        string? person = exchange.Meter.EndUser is { } user ? Erasure.NameOf(exchange.Caller.Tenant, user) : null;
        bool isSpoken = request.Input.Audio is not null;
        return new SpokenTurn(turn, account, set, Ended);

        void Ended()
        {
            running.Remove(caller, turn);
            times.Record(turn.Timings, isSpoken);
            if (conversation is { } place && turn.Messages.Count > 0)
                conversations.Add(place, turn.Messages, person);
        }
    }

    private async Task WriteAsync(
        Exchange exchange,
        VoiceOutput output,
        string turn,
        IAsyncEnumerable<VoiceEvent> events,
        TurnAccount account
    )
    {
        exchange.Meter.BeginWait();
        try
        {
            await output.WriteAsync(exchange, turn, events, account, time);
        }
        finally
        {
            exchange.Meter.EndWait();
        }
    }

    private static TimeSpan? PatienceOf(VoiceRequest request, VoiceOutput output)
    {
        if (request[Resume] is not { } wish)
            return null;
        if (output.SoundOnly)
            throw RequestErrors.WrongValue(Resume, "goes with events, not with sound alone");
        return
            int.TryParse(wish, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            && seconds is >= 1 and <= MostPatience
            ? TimeSpan.FromSeconds(seconds)
            : throw RequestErrors.WrongValue(Resume, $"must be 1 to {MostPatience} seconds");
    }

    private static string? TurnId(string? given) =>
        given is null
        || given is { Length: > 0 and <= 64 }
            && given.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? given
            : throw RequestErrors.WrongValue("turn", "must be 1 to 64 letters, digits, dashes or underscores");
}
