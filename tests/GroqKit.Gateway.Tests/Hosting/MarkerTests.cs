using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Api.OpenAi.Audio;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Hosting;

/// <summary>
/// A process of its own, marked keys and a marked person through its paths and through its errors; then everything that it wrote, told or sent is
/// searched for them.
/// </summary>
[Requirement("GW-15", "GW-16")]
public sealed class MarkerTests : IDisposable
{
    private const string Admin = "marker-admin-key-8f1c2d3e4a5b";
    private const string ProviderKey = "gsk_MarkerOfProvider8f1c2d3e4a5b";
    private const string OtherKey = "sk-MarkerOfOther8f1c2d3e4a5b6c7d8e9f";
    private const string Master = "TWFya2VyT2ZNYXN0ZXI4ZjFjMmQzZTRhNWIhISEhISE=";
    private const string Person = "marker.person@example.org";
    private const string Phone = "+49 151 87654321";
    private const string EndUser = "marker-end-user-4711";

    private readonly TempDirectory _data = new();

    [Fact]
    public async Task Marked_keys_and_persons_are_only_where_they_belong()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(ProvideAsync);
        await using LoopbackServer receiver = await ScriptedProvider.StartAsync(Answer.Json("{}"));
        var told = new StringBuilder();
        string output;
        await using (GatewayProcess gateway = Start(provider))
        {
            using var client = new HttpClient { BaseAddress = await gateway.ListeningAsync() };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Admin);
            await WalkAsync(client, provider, receiver, told);
            gateway.Terminate();
            (int code, output) = await gateway.ExitAsync();
            code.ShouldBe(0, output);
        }

        string[] keys = [Admin, ProviderKey, OtherKey, Master];
        string[] persons = [Person, Phone];
        Missing(output, [.. keys, .. persons, EndUser], "the log");
        Missing(told.ToString(), [.. keys, .. persons], "what the admin API, metrics and errors say");
        foreach (RecordedRequest request in receiver.Requests)
            Missing(Everything(request), [.. keys, .. persons], "a webhook");
        foreach (RecordedRequest request in provider.Requests)
        {
            Missing(request.Text, [.. keys, .. persons], "a provider's request");
            Missing(request.Target, [.. keys, .. persons], "a provider's address");
            bool isOther = request.Target.StartsWith("/other/", StringComparison.Ordinal);
            request.Headers["Authorization"].ShouldBe("Bearer " + (isOther ? OtherKey : ProviderKey));
        }
        string[] files = Directory.GetFiles(_data.FullPath, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => file.EndsWith("groqkit.db", StringComparison.Ordinal));
        foreach (string file in files)
            Missing(
                Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)),
                [.. keys, .. persons, EndUser],
                file
            );
    }

    public void Dispose() => _data.Dispose();

    private static async Task WalkAsync(
        HttpClient client,
        LoopbackServer provider,
        LoopbackServer receiver,
        StringBuilder told
    )
    {
        await PostAsync("/api/webhooks", $$"""{"url":"{{receiver.Address}}"}""", tells: false);
        await PostAsync(
            "/api/providers",
            $$"""{"name":"other","kind":"openai","baseUrl":"{{provider.Address}}other","apiKey":"{{OtherKey}}"}"""
        );
        await PostAsync(
            "/api/agents",
            """{"name":"bot","privacy":{"keepDays":3},"llm":{"provider":"other","model":"m","fallback":[{"provider":"groq","model":"m"}]}}"""
        );
        string text = $"Write to {Person} or call {Phone}";
        foreach (string model in (string[])["m", "agent/bot", "other/m", "fails", "agent/none", "bad name"])
        {
            foreach (string stream in (string[])["true", "false"])
            {
                string body =
                    $$"""{"model":"{{model}}","stream":{{stream}},"messages":[{"role":"user","content":"{{text}}"}],"user":"{{EndUser}}"}""";
                await PostAsync(
                    "/v1/chat/completions",
                    body,
                    tells: model is "agent/none" or "bad name",
                    key: "i-" + model[..1] + stream
                );
            }
        }
        await PostAsync("/v1/chat/completions", $$"""{"model":"m","messages":"{{text}}"}""");
        await PostAsync(
            "/v1/chat/completions",
            $$"""{"model":"m","messages":[{"role":"{{Person}}","content":1}]}""",
            tells: false
        );
        await PostAsync("/v1/responses", $$"""{"model":"m","input":"{{text}}"}""", tells: false);
        await PostAsync("/v1/embeddings", $$"""{"model":"m","input":"{{text}}"}""", tells: false);
        await PostAsync("/v1/audio/speech", $$"""{"model":"m","voice":"v","input":"{{text}}"}""", tells: false);
        using (MultipartFormDataContent form = Sounds.Form(("model", "m"), ("prompt", text), ("file", Sounds.Wav(1))))
        using (await client.PostAsync("/v1/audio/transcriptions", form, TestContext.Current.CancellationToken)) { }
        await PostAsync(
            "/api/providers",
            $$"""{"name":"x","kind":"openai","baseUrl":"{{OtherKey}}","apiKey":"{{OtherKey}}"}""",
            tells: false
        );
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
            told.AppendLine(await client.GetStringAsync(path, TestContext.Current.CancellationToken));
        await PostAsync($"/api/end-users/erase?user={EndUser}", "");

        async Task PostAsync(string path, string body, bool tells = true, string? key = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            if (body.Length > 0)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
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
                told.AppendLine(read);
        }
    }

    // Answers with what it got, and fails in several ways.
    private static Task ProvideAsync(HttpContext context)
    {
        string path = context.Request.Path;
        return path switch
        {
            _ when path.StartsWith("/other", StringComparison.Ordinal) => Answer.Json(
                """{"error":{"message":"overloaded [EMAIL_1]","type":"server_error"}}""",
                503
            )(context),
            _ when path.EndsWith("/models", StringComparison.Ordinal) => Answer.Json(
                """{"object":"list","data":[{"id":"m","object":"model"}]}"""
            )(context),
            _ when path.EndsWith("/chat/completions", StringComparison.Ordinal) => Answer.Json(
                Chunks.Whole.Replace("Hi", "Told [EMAIL_1] at [PHONE_1]")
            )(context),
            _ => Answer.Json("""{"error":{"message":"no such thing","type":"invalid_request_error"}}""", 400)(context),
        };
    }

    private GatewayProcess Start(LoopbackServer provider) =>
        GatewayProcess.Start(
            _data.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQ_API_KEY", ProviderKey),
            ("GROQ_BASE_URL", provider.Address.AbsoluteUri),
            ("GROQKIT_ADMIN_KEY", Admin),
            ("GROQKIT_MASTER_KEY", Master),
            ("GroqKit__Privacy__Default", "mask"),
            ("Logging__LogLevel__Default", "Debug")
        );

    private static string Everything(RecordedRequest request) =>
        request.Target + string.Concat(request.Headers.Select(header => header.Key + header.Value)) + request.Text;

    private static void Missing(string text, IEnumerable<string> markers, string where)
    {
        foreach (string marker in markers)
            text.Contains(marker, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{marker} is in {where}");
    }
}
