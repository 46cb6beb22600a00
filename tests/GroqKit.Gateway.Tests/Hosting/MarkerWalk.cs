using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using GroqKit.Gateway.Tests.Api.OpenAi.Audio;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;
using static GroqKit.Gateway.Tests.Hosting.MarkerTests;

namespace GroqKit.Gateway.Tests.Hosting;

/// <summary>Goes every way through a gateway with marked words and keys: what works, what fails, what is refused, what breaks off.</summary>
internal sealed class MarkerWalk : IDisposable
{
    private const string Text = $"Write to {Person} or call {Phone}";

    private readonly HttpClient _client;
    private readonly LoopbackServer _provider;
    private readonly LoopbackServer _receiver;
    private readonly StringBuilder _told = new();

    public MarkerWalk(Uri gateway, LoopbackServer provider, LoopbackServer receiver)
    {
        _client = new HttpClient { BaseAddress = gateway };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Admin);
        _provider = provider;
        _receiver = receiver;
    }

    /// <summary>What admin API, metrics and errors said, where they had no reason to repeat what they were told.</summary>
    public string Told => _told.ToString();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        await SetUpAsync();
        await ChatAsync();
        await OtherWordsAsync();
        await SoundAsync();
        await FilesAsync();
        await TalkAsync();
        await MistakesAsync();
        await LookAsync();
        await PostAsync($"/api/end-users/erase?user={EndUser}", "");
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Answers with what it got, as a provider may, and fails in several ways.</summary>
    public static async Task ProvideAsync(HttpContext context)
    {
        string path = context.Request.Path;
        using var reader = new StreamReader(context.Request.Body);
        bool streams = (await reader.ReadToEndAsync()).Contains("\"stream\":true", StringComparison.Ordinal);
        RequestDelegate answer = path switch
        {
            _ when path.StartsWith("/other", StringComparison.Ordinal) => Answer.Json(
                """{"error":{"message":"overloaded [EMAIL_1]","type":"server_error"}}""",
                503
            ),
            _ when path.EndsWith("/models", StringComparison.Ordinal) => Answer.Json(
                """{"object":"list","data":[{"id":"m","object":"model"}]}"""
            ),
            _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => streams
                ? Answer.Stream(
                    "text/event-stream",
                    Chunks.Role,
                    Chunks.Word("Told [EMA"),
                    Chunks.Word("IL_1] at [PHONE_1], "),
                    Chunks.Word("and that was all."),
                    Chunks.Stop,
                    Chunks.Done
                )
                : Answer.Json(Chunks.Whole.Replace("Hi", "Told [EMAIL_1] at [PHONE_1]")),
            _ when path.EndsWith("/responses", StringComparison.Ordinal) => Answer.Json(
                """{"id":"r","object":"response","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"To [EMAIL_1]"}]}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}"""
            ),
            _ when path.EndsWith("/embeddings", StringComparison.Ordinal) => Answer.Json(
                """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1]}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""
            ),
            _ when path.EndsWith("/transcriptions", StringComparison.Ordinal) => Answer.Json(
                $$"""{"text":"{{Text}}","duration":1.0,"segments":[]}"""
            ),
            _ when path.EndsWith("/speech", StringComparison.Ordinal) => context => Sound(context),
            _ when path.EndsWith("/content", StringComparison.Ordinal) => Answer.Text(
                "application/octet-stream",
                """{"custom_id":"one","response":{"body":{"choices":[{"message":{"content":"[EMAIL_1]"}}]}}}"""
            ),
            _ when path.Contains("/files", StringComparison.Ordinal) => Answer.Json(
                """{"id":"file-1","object":"file","bytes":1,"filename":"f","purpose":"batch"}"""
            ),
            _ when path.Contains("/batches", StringComparison.Ordinal) => Answer.Json(
                """{"id":"batch-1","object":"batch","status":"completed","input_file_id":"file-1","output_file_id":"file-2"}"""
            ),
            _ => Answer.Json("""{"error":{"message":"no such thing","type":"invalid_request_error"}}""", 400),
        };
        await answer(context);
    }

    private static async Task Sound(HttpContext context)
    {
        context.Response.ContentType = "audio/wav";
        await context.Response.Body.WriteAsync(Sounds.Wav(0.2), context.RequestAborted);
    }

    private async Task SetUpAsync()
    {
        await PostAsync("/api/webhooks", $$"""{"url":"{{_receiver.Address}}"}""", tells: false);
        await PostAsync(
            "/api/providers",
            $$"""{"name":"other","kind":"openai","baseUrl":"{{_provider.Address}}other","apiKey":"{{OtherKey}}"}"""
        );
        await PostAsync(
            "/api/agents",
            """{"name":"bot","privacy":{"keepDays":3},"llm":{"provider":"other","model":"m","fallback":[{"provider":"groq","model":"m"}]},"stt":{"provider":"groq","model":"m"},"tts":{"provider":"groq","model":"m"}}"""
        );
    }

    private async Task ChatAsync()
    {
        foreach (string model in (string[])["m", "agent/bot", "other/m", "agent/none", "bad name"])
        {
            foreach (string stream in (string[])["true", "false"])
            {
                await PostAsync(
                    "/v1/chat/completions",
                    $$"""{"model":"{{model}}","stream":{{stream}},"messages":[{"role":"user","content":"{{Text}}"}],"user":"{{EndUser}}"}""",
                    tells: model is "agent/none" or "bad name",
                    ("Idempotency-Key", "i-" + model[..1] + stream),
                    ("x-groqkit-cache", "on")
                );
            }
        }
    }

    private async Task OtherWordsAsync()
    {
        foreach (string model in (string[])["m", "other/m", "agent/bot"])
        {
            await PostAsync("/v1/responses", $$"""{"model":"{{model}}","input":"{{Text}}"}""", tells: false);
            await PostAsync(
                "/v1/responses",
                $$"""{"model":"{{model}}","input":"{{Text}}","stream":true}""",
                tells: false
            );
            await PostAsync("/v1/completions", $$"""{"model":"{{model}}","prompt":"{{Text}}"}""", tells: false);
            await PostAsync("/v1/embeddings", $$"""{"model":"{{model}}","input":"{{Text}}"}""", tells: false);
            await PostAsync(
                "/v1/reranking",
                $$"""{"model":"{{model}}","query":"{{Text}}","docs":["{{Text}}"]}""",
                tells: false
            );
        }
    }

    private async Task SoundAsync()
    {
        await PostAsync("/v1/audio/speech", $$"""{"model":"m","voice":"v","input":"{{Text}}"}""", tells: false);
        foreach (double seconds in (double[])[1, 150])
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(Sounds.Wav(seconds)), "file", $"{Person}.wav" },
                { new StringContent(Text), "prompt" },
                { new StringContent("m"), "model" },
            };
            using HttpResponseMessage heard = await _client.PostAsync("/v1/audio/transcriptions", form, Cancelled);
        }
    }

    private async Task FilesAsync()
    {
        string line =
            $$$"""{"custom_id":"one","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"{{{Text}}}"}]}}""";
        foreach (string file in (string[])[line, line + "\n" + Person + "\0", "{\"custom_id\":\"" + Person + "\"}"])
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent("batch"), "purpose" },
                { new StringContent(file), "file", $"{Person}.jsonl" },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/files") { Content = form };
            request.Headers.Add("x-groqkit-unmask", "on");
            request.Headers.Add("x-groqkit-user", EndUser);
            using HttpResponseMessage made = await _client.SendAsync(request, Cancelled);
            _told.AppendLine(await made.TextAsync());
        }
        await PostAsync(
            "/v1/batches",
            $$$"""{"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"for":"{{{Text}}}"}}"""
        );
        foreach (string path in (string[])["/v1/batches/batch-1", "/v1/files/file-1"])
            _told.AppendLine(await _client.GetStringAsync(path, Cancelled));
        // What was asked for is given back.
        (await _client.GetStringAsync("/v1/files/file-2/content", Cancelled)).ShouldContain(Person);
    }

    private async Task TalkAsync()
    {
        await PostAsync(
            "/v1/agents/bot/voice",
            $$"""{"text":"{{Text}}","instructions":"Be kind to {{Person}}."}""",
            tells: false,
            ("x-groqkit-user", EndUser),
            ("x-groqkit-conversation", "c1")
        );
        using var sound = new ByteArrayContent(Sounds.Wav(1));
        sound.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        using (HttpResponseMessage turn = await _client.PostAsync("/v1/agents/bot/voice", sound, Cancelled))
            await turn.TextAsync();

        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + Admin);
        var address = new UriBuilder(new Uri(_client.BaseAddress!, "/v1/realtime?model=agent/bot")) { Scheme = "ws" };
        await socket.ConnectAsync(address.Uri, Cancelled);
        await SayAsync(
            socket,
            $$$"""{"type":"session.update","session":{"instructions":"Be kind to {{{Person}}}."}}"""
        );
        await SayAsync(
            socket,
            $$$"""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"{{{Text}}}"}]}}"""
        );
        await SayAsync(socket, $$"""{"type":"{{Person}}"}""");
        await SayAsync(socket, """{"type":"response.create"}""");
        var heard = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        while (!heard.ToString().Contains("\"response.done\"", StringComparison.Ordinal))
        {
            WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, Cancelled);
            received.MessageType.ShouldBe(WebSocketMessageType.Text);
            heard.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancelled);
    }

    private static Task SayAsync(ClientWebSocket socket, string json) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    private async Task MistakesAsync()
    {
        await PostAsync("/v1/chat/completions", $$"""{"model":"m","messages":"{{Text}}"}""");
        await PostAsync("/v1/chat/completions", $$"""{"model":"m","messages":[{{Person}}]}""");
        await PostAsync(
            "/v1/chat/completions",
            $$"""{"model":"m","messages":[{"role":"{{Person}}","content":1}]}""",
            tells: false
        );
        await PostAsync(
            "/api/providers",
            $$"""{"name":"x","kind":"openai","baseUrl":"{{OtherKey}}","apiKey":"{{OtherKey}}"}""",
            tells: false
        );
        await PostAsync("/v1/chat/completions", "{}", tells: true, ("x-groqkit-cache", Person));
        await PostAsync("/v1/chat/completions", "{}", tells: true, ("Idempotency-Key", Text));
        await PostAsync(
            "/v1/chat/completions",
            RunningGateway.Hello,
            tells: false,
            ("Authorization", $"Bearer {OtherKey}")
        );
        foreach (
            string path in (string[])
                [
                    $"/v1/{Person}",
                    $"/v1/models?api_key={OtherKey}&who={Person}",
                    $"/v1/files/{Person}",
                    $"/v1/files?after={Person}",
                    $"/api/end-users?user={EndUser}",
                    $"/{OtherKey}",
                ]
        )
        {
            using HttpResponseMessage answer = await _client.GetAsync(path, Cancelled);
        }
    }

    private async Task LookAsync()
    {
        foreach (
            string path in (string[])
                [
                    "/api/providers",
                    "/api/agents",
                    "/api/webhooks",
                    "/api/usage",
                    "/api/usage/summary?groupBy=agent",
                    "/api/audit",
                    "/api/jobs",
                    "/api/sync",
                    "/metrics",
                    "/health/providers",
                    "/openapi/v1.json",
                    "/v1/models",
                ]
        )
            _told.AppendLine(await _client.GetStringAsync(path, Cancelled));
    }

    private async Task PostAsync(
        string path,
        string body,
        bool tells = true,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage answer = await _client.SendAsync(request, Cancelled);
        string read = "";
        try
        {
            read = await answer.TextAsync();
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // A stream that breaks is one of the paths.
        }
        if (tells)
            _told.AppendLine(read);
    }
}
