using System.Net.WebSockets;
using System.Text;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>
/// <c>text-to-speech/{voice_id}/stream-input</c>: words in, audio out. It speaks once enough text lies ready, at once on a flush, and the
/// rest at the end.
/// </summary>
internal sealed class SpeechSocketEndpoint(ModelFaults faults) : IApiEndpoint
{
    private const int LongestMessage = 1 << 20;
    private const int UsualTimeout = 20;
    private const int LongestTimeout = 180;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private static readonly int[] UsualSchedule = [120, 160, 250, 290];

    public async Task HandleAsync(Exchange exchange)
    {
        HttpContext http = exchange.Http;
        string model = http.Request.Query["model_id"].FirstOrDefault() ?? ElevenLabsModel.UsualVoiceModel;
        string voice = exchange.RouteText(ElevenLabsSpeechEndpoint.VoiceKey);
        exchange.Record?.SetModel(model);
        if (await faults.ApplyAsync(exchange, model))
            return;
        Check(http, model, voice);
        OutputFormat format = OutputFormat.Read(http.Request.Query["output_format"], streams: true);
        bool auto = http.Request.Query["auto_mode"] == "true";
        TimeSpan idle = Idle(http.Request.Query["inactivity_timeout"]);
        using WebSocket socket = await http.WebSockets.AcceptWebSocketAsync();
        exchange.Record?.SetStatus(StatusCodes.Status101SwitchingProtocols);
        var speech = new SpeechSocket(exchange, socket, voice, format);
        try
        {
            await ConverseAsync(exchange, socket, speech, auto, idle);
        }
        catch (ApiException mistake)
        {
            await speech.WriteErrorAsync(mistake.Error);
            await DrainAsync(exchange, socket);
        }
        catch (WebSocketException) when (!exchange.Gone.IsCancellationRequested)
        {
            // A caller that drops the line without closing it has left, whatever the transport calls it.
            exchange.Outcome = RequestOutcome.ClientGone;
        }
    }

    private static void Check(HttpContext http, string model, string voice)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            throw new ApiException(ApiErrors.Invalid("This address is a WebSocket.", code: "invalid_parameters"));
        if (ModelCatalog.FaultIn(model) is null && ElevenLabsModel.Find(model) is not { Sockets: true })
            throw ElevenLabsErrors.ModelNotFound(model);
        if (ElevenLabsVoice.Find(voice) is null)
            throw ElevenLabsErrors.VoiceNotFound(voice);
    }

    private static TimeSpan Idle(string? seconds) =>
        TimeSpan.FromSeconds(
            int.TryParse(seconds, out int value) ? Math.Clamp(value, 1, LongestTimeout) : UsualTimeout
        );

    private static async Task ConverseAsync(
        Exchange exchange,
        WebSocket socket,
        SpeechSocket speech,
        bool auto,
        TimeSpan idle
    )
    {
        var ready = new StringBuilder();
        int[] schedule = UsualSchedule;
        int said = 0;
        while (await ReceiveAsync(exchange, socket, idle) is { } message)
        {
            SpeechInput input = SpeechInput.Read(message);
            speech.Speed = input.Speed ?? speech.Speed;
            schedule = input.Schedule ?? schedule;
            // A lone space opens the line or keeps it open; it is not text.
            if (input.Text is not " ")
                ready.Append(input.Text);
            bool isEnd = input.Text is "";
            bool isEnough = auto ? ready.Length > 0 : ready.Length >= schedule[Math.Min(said, schedule.Length - 1)];
            if (isEnd || input.Flushes || isEnough)
            {
                if (!await speech.SayAsync(ready.ToString()))
                    return;
                said += ready.Length > 0 ? 1 : 0;
                ready.Clear();
            }

            if (isEnd)
            {
                await speech.EndAsync();
                await DrainAsync(exchange, socket);
                return;
            }
        }
    }

    /// <summary>Waits for the caller to close too, so that the last words are not lost with the connection.</summary>
    private static async Task DrainAsync(Exchange exchange, WebSocket socket)
    {
        while (socket.State is WebSocketState.CloseSent && await ReceiveAsync(exchange, socket, Farewell) is not null)
        { }
    }

    /// <summary>The next message; null when the caller closed the line.</summary>
    /// <exception cref="ApiException">Nothing came for too long, or too much at once.</exception>
    private static async Task<byte[]?> ReceiveAsync(Exchange exchange, WebSocket socket, TimeSpan idle)
    {
        using var late = new CancellationTokenSource(idle, exchange.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, exchange.Gone);
        var message = new MemoryStream();
        byte[] piece = new byte[4096];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult result = await socket.ReceiveAsync(piece.AsMemory(), either.Token);
                if (result.MessageType is WebSocketMessageType.Close)
                    return null;
                message.Write(piece, 0, result.Count);
                if (message.Length > LongestMessage)
                    throw ElevenLabsErrors.Invalid("The message is too long.", "invalid_parameters", "text");
                if (result.EndOfMessage)
                    return message.ToArray();
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !exchange.Gone.IsCancellationRequested)
        {
            // Waiting that was broken off has closed the line.
            exchange.Drop();
            return null;
        }
    }
}
