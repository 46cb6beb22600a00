using GroqKit.Gateway.Api.Idempotency;
using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Turns that go on without their caller's connection, for a while, so that another one can take them up.</summary>
internal sealed class KeptTurnCalls(TurnStarter starter, VoiceDelivery delivery, KeptTurns kept, TimeProvider time)
{
    // What a turn means beside its settings and what is said.
    private static readonly string[] Meaning =
    [
        GatewayHeaders.Conversation,
        GatewayHeaders.User,
        GatewayHeaders.OnBreak,
    ];

    /// <summary>Runs a turn, or gives the one again that its caller's name for it stands for.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="models">Who serves.</param>
    /// <param name="output">What is given.</param>
    /// <param name="patience">How long the turn goes on without a connection.</param>
    /// <param name="id">The turn's name; null for a new one, which nobody can send again.</param>
    /// <exception cref="GatewayException">There is no room, the turn failed before anything was given, or its name stands for another.</exception>
    public Task RunAsync(
        Exchange exchange,
        VoiceRequest request,
        VoiceModels models,
        VoiceOutput output,
        TimeSpan patience,
        string? id
    ) =>
        id is null
            ? StartAsync(exchange, request, models, output, patience, id, content: null)
            : RunNamedAsync(exchange, request, models, output, patience, id);

    // A name stands for one turn: who sends it again, since the answer was lost, gets that turn, and no second one is paid.
    private async Task RunNamedAsync(
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
            await StartAsync(exchange, request, models, output, patience, id, content);
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

    private async Task StartAsync(
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
}
