using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using GroqKit.Providers.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GroqKit.Providers.Tests.ElevenLabs;

/// <summary>The vendor's answers from a script, over real HTTP and real sockets.</summary>
internal sealed class VoiceServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private VoiceServer(WebApplication app) => _app = app;

    /// <summary>What the socket received, frame by frame.</summary>
    public List<string> Frames { get; } = [];

    /// <summary>The last address that was asked.</summary>
    public string LastTarget { get; private set; } = "";

    public string LastBody { get; private set; } = "";

    public string? LastKey { get; private set; }

    /// <summary>When set, every call is answered so.</summary>
    public (int Status, string Body)? Refusal { get; set; }

    /// <summary>When set, the socket sends this after the first words instead of sound.</summary>
    public string? SocketError { get; set; }

    /// <summary>What is answered where times are asked for; each goes out when it is there.</summary>
    public IAsyncEnumerable<string>? TimedLines { get; set; }

    public ProviderOptions Options =>
        new()
        {
            Name = "elevenlabs",
            Kind = "elevenlabs",
            ApiKey = "test-key",
            BaseUrl = _app.Urls.First(),
            MaxRetries = 0,
            Voices = { ["default"] = "voice-1", ["warm"] = "voice-2" },
        };

    public static async Task<VoiceServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var server = new VoiceServer(app);
        app.UseWebSockets();
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        LastTarget = context.Request.Path + context.Request.QueryString;
        LastKey = context.Request.Headers["xi-api-key"];
        if (context.WebSockets.IsWebSocketRequest)
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            await SpeakAsync(socket, context.RequestAborted);
            return;
        }
        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        LastBody = await reader.ReadToEndAsync(context.RequestAborted);
        context.Response.Headers["request-id"] = "req-1";
        if (Refusal is var (status, body))
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        }
        else if (context.Request.Path.StartsWithSegments("/v1/speech-to-text", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                """
                {"language_code":"eng","language_probability":0.98,"text":"Hello there. Good day.","audio_duration_secs":1.5,"transcription_id":"t-1",
                "words":[{"text":"Hello","start":0,"end":0.3,"type":"word","logprob":-0.1},{"text":" ","type":"spacing"},
                {"text":"there.","start":0.4,"end":0.6,"type":"word","logprob":-0.3},{"text":" ","type":"spacing"},
                {"text":"Good","start":0.8,"end":1.0,"type":"word","logprob":0},{"text":" ","type":"spacing"},
                {"text":"day.","start":1.1,"end":1.4,"type":"word","logprob":0}]}
                """
            );
        }
        else if (context.Request.Path.StartsWithSegments("/v1/models", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync(
                """[{"model_id":"eleven_flash_v2_5","can_do_text_to_speech":true},{"model_id":"scribe_x","can_do_text_to_speech":false}]"""
            );
        }
        else if (TimedLines is { } lines && LastTarget.Contains("with-timestamps", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/json";
            await foreach (string line in lines.WithCancellation(context.RequestAborted))
            {
                await context.Response.WriteAsync(line);
                await context.Response.Body.FlushAsync();
            }
        }
        else
        {
            context.Response.Headers["character-cost"] = "6";
            context.Response.ContentType = "audio/mpeg";
            await context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 });
            await context.Response.Body.FlushAsync();
            await context.Response.Body.WriteAsync(new byte[] { 4, 5 });
        }
    }

    private async Task SpeakAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            WebSocketReceiveResult frame = await socket.ReceiveAsync(buffer, cancellationToken);
            if (frame.MessageType == WebSocketMessageType.Close)
                return;
            using JsonDocument json = JsonDocument.Parse(buffer.AsMemory(0, frame.Count));
            string text = json.RootElement.GetProperty("text").GetString()!;
            Frames.Add(text);
            if (text == " ")
                continue;
            if (SocketError is not null)
            {
                await SendAsync(socket, SocketError, cancellationToken);
                return;
            }
            if (text.Length == 0)
            {
                await SendAsync(socket, """{"audio":null,"isFinal":true}""", cancellationToken);
                return;
            }
            await SendAsync(
                socket,
                $$"""{"audio":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}}","isFinal":null}""",
                cancellationToken
            );
        }
    }

    private static Task SendAsync(WebSocket socket, string text, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, cancellationToken);
}
