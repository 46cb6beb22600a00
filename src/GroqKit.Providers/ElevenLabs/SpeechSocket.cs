using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GroqKit.Providers.Http;
using GroqKit.Providers.Speech;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>One text over the vendor's socket: words go in while sound comes out. For one text.</summary>
internal sealed class SpeechSocket(
    ProviderHttp http,
    ProviderWire wire,
    ElevenLabsSpeechRequest request,
    TextToSpeechOptions? options,
    bool logs
)
{
    private readonly SocketWords? _words = request.IsTimed ? new SocketWords(request.Form.BytesPerSecond) : null;
    private int _characters;

    public async IAsyncEnumerable<TextToSpeechResponseUpdate> SpeakAsync(
        IAsyncEnumerable<string> text,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var socket = new ClientWebSocket();
        await ConnectAsync(socket, cancellationToken).ConfigureAwait(false);
        Task sending = SendAsync(socket, text, stop.Token);
        try
        {
            bool hasSound = false;
            while (await NextAsync(socket, sending, cancellationToken).ConfigureAwait(false) is { } frame)
            {
                if (frame.Audio is { Length: > 0 } sound)
                {
                    yield return Update(sound, _words?.Take(frame), isFirst: !hasSound);
                    hasSound = true;
                }
                if (frame.IsFinal == true)
                    break;
            }
            // What went wrong with the caller's own text is the caller's to see.
            await sending.ConfigureAwait(false);
            if (!hasSound && _characters > 0)
                throw SoundStream.NoSound(request.Call, null);
            if (hasSound)
                yield return Last();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            socket.Abort();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        if (wire.KeyValueOf(request.Call.Connection) is { } key)
            socket.Options.SetRequestHeader(wire.KeyHeader, key);
        socket.Options.CollectHttpResponseDetails = true;
        using var deadline = new Deadline(http.StreamIdleTimeout, http.Time, cancellationToken);
        try
        {
            await socket.ConnectAsync(Address(), deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw deadline.Explain(cancelled, "the socket", request.Call.Details);
        }
        catch (WebSocketException error)
        {
            bool isRefusal = socket.HttpStatusCode != default;
            throw isRefusal
                ? http.ReadError(socket.HttpStatusCode, "", request.Call, null)
                : NetworkFailures.Map(
                    error.InnerException is { } inner && NetworkFailures.Handles(inner) ? inner : error,
                    hasBegun: false,
                    request.Call.Details
                );
        }
    }

    private Uri Address()
    {
        Uri address = wire.AddressOf(request.Call.Connection, ElevenLabsWire.SpeechSocket, request.Voice)!;
        string language = SpokenLanguages.ForRequest(options?.Language) is { } code ? $"&language_code={code}" : "";
        string query =
            $"model_id={Uri.EscapeDataString(request.Call.Model ?? "")}&output_format={request.Form.Query}{language}{(_words is null ? "" : "&sync_alignment=true")}{(logs ? "" : "&enable_logging=false")}";
        return new UriBuilder(address)
        {
            Scheme = address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws",
            Query = query,
        }.Uri;
    }

    private async Task SendAsync(ClientWebSocket socket, IAsyncEnumerable<string> text, CancellationToken stop)
    {
        await SendAsync(socket, " ", withSettings: true, stop).ConfigureAwait(false);
        var words = new WordCutter();
        await foreach (string piece in text.WithCancellation(stop).ConfigureAwait(false))
        {
            _characters += piece.Length;
            if (words.Add(piece) is { Length: > 0 } whole)
                await SendAsync(socket, whole, withSettings: false, stop).ConfigureAwait(false);
        }
        if (words.Rest() is { Length: > 0 } rest)
            await SendAsync(socket, $"{rest} ", withSettings: false, stop).ConfigureAwait(false);
        await SendAsync(socket, "", withSettings: false, stop).ConfigureAwait(false);
    }

    private async Task SendAsync(ClientWebSocket socket, string text, bool withSettings, CancellationToken stop)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // Known before its sound can be.
        _words?.Say(text);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            if (withSettings && options?.Speed is { } speed)
            {
                json.WriteStartObject("voice_settings");
                json.WriteNumber("speed", Math.Clamp(speed, 0.7f, 1.2f));
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        await socket
            .SendAsync(buffer.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, stop)
            .ConfigureAwait(false);
    }

    /// <summary>The next frame; null when the socket was closed in good order after the last.</summary>
    private async Task<SocketFrame?> NextAsync(
        ClientWebSocket socket,
        Task sending,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new Deadline(http.StreamIdleTimeout, http.Time, cancellationToken);
        using var message = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult part = await socket
                    .ReceiveAsync(buffer.AsMemory(), deadline.Token)
                    .ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                    throw Closed(socket);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                    break;
            }
        }
        catch (OperationCanceledException cancelled)
        {
            // A text that broke off lets the socket fall silent: the cause is worth more than the silence.
            if (sending.IsFaulted)
                await sending.ConfigureAwait(false);
            throw deadline.Explain(cancelled, "the next piece of sound", request.Call.Details);
        }
        catch (WebSocketException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProviderException(
                ProviderFailure.StreamCut,
                $"{request.Call.Provider}: the socket broke before the sound was complete.",
                request.Call.Details,
                error
            );
        }
        return Read(message.ToArray());
    }

    private SocketFrame Read(byte[] message)
    {
        SocketFrame? frame;
        try
        {
            frame = JsonSerializer.Deserialize(message, ElevenLabsJson.Default.SocketFrame);
        }
        catch (JsonException error)
        {
            throw new ProviderException(
                ProviderFailure.Malformed,
                $"{request.Call.Provider}: a frame of the socket is not the JSON that was expected.",
                request.Call.Details,
                error
            );
        }
        if (frame is null || frame.Error is null)
            return frame ?? new SocketFrame();
        ProviderFailure failure = ElevenLabsErrors.KindOf(frame.Error) ?? ProviderFailure.Server;
        throw new ProviderException(
            failure,
            $"{request.Call.Provider}: {frame.Message ?? frame.Error}",
            request.Call.Details with
            {
                Code = frame.Error,
            }
        );
    }

    private ProviderException Closed(ClientWebSocket socket)
    {
        bool isRefusal = socket.CloseStatus == WebSocketCloseStatus.PolicyViolation;
        string? word = socket.CloseStatusDescription;
        return new ProviderException(
            ElevenLabsErrors.KindOf(word) ?? (isRefusal ? ProviderFailure.Permission : ProviderFailure.StreamCut),
            $"{request.Call.Provider}: the socket was closed before the sound was complete. {word}".TrimEnd(),
            request.Call.Details with
            {
                Code = word,
            }
        );
    }

    private TextToSpeechResponseUpdate Update(byte[] sound, IReadOnlyList<SpokenWord>? words, bool isFirst) =>
        new([new DataContent(sound, request.Form.MediaType)])
        {
            Kind = TextToSpeechResponseUpdateKind.AudioUpdating,
            ModelId = request.Call.Model,
            AdditionalProperties = SpokenWords.With(words, isFirst ? request.Form.Properties() : null),
        };

    private TextToSpeechResponseUpdate Last() =>
        new([
            new UsageContent(new UsageDetails { AdditionalCounts = new() { [UsageCounts.Characters] = _characters } }),
        ])
        {
            Kind = TextToSpeechResponseUpdateKind.SessionClose,
            ModelId = request.Call.Model,
        };
}
