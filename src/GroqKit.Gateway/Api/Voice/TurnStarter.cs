using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;
using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Starts turns, and keeps what came of them once they have ended.</summary>
internal sealed class TurnStarter(
    VoiceStages stages,
    VoiceConversations conversations,
    RunningTurns running,
    EndedTurns ended,
    ITurnTimes times,
    StopSignal stop,
    TimeProvider time
)
{
    /// <summary>The most bytes of a recording.</summary>
    public const long MostSound = 25L * 1024 * 1024;

    private static readonly TimeSpan ToolPatience = TimeSpan.FromSeconds(30);

    /// <summary>Starts a turn; it runs by itself.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="models">Who serves.</param>
    /// <param name="output">The form of the sound.</param>
    /// <param name="id">The turn's name; null for a new one.</param>
    /// <param name="isKept">Whether its events are kept; else each is given on before the next is read.</param>
    /// <param name="ending">Interrupts it.</param>
    /// <exception cref="GatewayException">A turn of that name runs, or a header is wrong.</exception>
    public async Task<SpokenTurn> StartAsync(
        Exchange exchange,
        VoiceRequest request,
        VoiceModels models,
        VoiceOutput output,
        string? id,
        bool isKept,
        CancellationToken ending
    )
    {
        IReadOnlyList<AITool> tools = VoiceTools.Read(request[VoiceTools.Name]);
        if (tools.Count > 0 && output.SoundOnly)
            throw RequestErrors.WrongValue(VoiceTools.Name, "go with events, not with sound alone");
        var account = new TurnAccount();
        (VoiceClients clients, ProviderSet set) = stages.Create(
            models,
            VoiceStages.IdentityOf(exchange.Request, exchange.Request.Headers.Authorization.ToString(), models),
            account
        );
        if (tools.Count > 0)
            clients = clients with { AnswerOptions = new ChatOptions { Tools = [.. tools] } };
        var pipeline = new VoicePipeline(
            VoiceStages.With(clients, request["language"], request["voice"]) with
            {
                ToolFiller = request[VoiceTools.Filler],
            },
            new VoiceOptions
            {
                Output = output.Format,
                MaxInputBytes = MostSound,
                ToolResultTimeout = ToolPatience,
                LendsSound = !isKept,
            },
            time
        );
        string agent = exchange.Meter.Agent!;
        (string, string, string)? conversation = exchange.Meter.Conversation is { } name
            ? (exchange.Caller.Tenant, exchange.Caller.Id, $"{agent}/{name}")
            : null;
        List<ChatMessage> history = [];
        if (request["instructions"] is { Length: > 0 } instructions)
            history.Add(new ChatMessage(ChatRole.System, instructions));
        if (conversation is { } earlier)
            history.AddRange(conversations.Find(earlier));
        VoiceTurn turn = pipeline.Start(request.Input, history, id, ending);
        account.Switched = turn.Switched;
        var record = new TurnRecord(
            new TurnName(exchange.Caller.Id, agent, turn.Id),
            turn,
            account,
            exchange.Meter.EndUser is { } user ? Erasure.NameOf(exchange.Caller.Tenant, user) : null
        );
        if (!running.TryAdd(record))
        {
            await turn.DisposeAsync();
            set.Dispose();
            throw RequestErrors.Taken("turn", "turn", turn.Id);
        }
        CancellationTokenRegistration stopping = stop.GraceOver.UnsafeRegister(
            static stopped => _ = ((VoiceTurn)stopped!).StopAsync(VoiceRefusals.Stopping()),
            turn
        );
        bool isSpoken = request.Input.Audio is not null;
        return new SpokenTurn(record, set, Ended);

        void Ended()
        {
            stopping.Dispose();
            times.Record(turn.Timings, isSpoken);
            record.Keep(() =>
            {
                ended.Keep(record.Name, VoiceJson.ResultOf(record), record.Person);
                if (conversation is { } place && turn.Messages.Count > 0)
                    conversations.Add(place, turn.Messages, record.Person);
            });
            running.Remove(record);
        }
    }
}
