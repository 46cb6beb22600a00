using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-17", "CL-23")]
public sealed class LogTests : IDisposable
{
    private const string AdminKey = "marker-admin-key-0123456789";
    private const string ProviderKey = "gsk_marker_of_the_provider_0123456789";
    private const string Prompt = "marker prompt nobody may see";

    private readonly TempDirectory _folder = new();

    [Theory]
    [InlineData("GROQKIT_LOGS")]
    [InlineData("Logging__Console__FormatterName")]
    public async Task A_failed_call_is_one_json_line_that_says_whose_it_was(string setting)
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(
            Answer.Text("text/html", $"<h1>{ProviderKey}</h1>", 503)
        );
        await using GatewayProcess gateway = Start(provider, (setting, "json"));

        string id = await FailAsync(gateway);

        string output = await EndAsync(gateway);
        JsonNode line = output
            .Split('\n')
            .Where(line => line.StartsWith('{'))
            .Select(line => JsonNode.Parse(line)!)
            .Where(line => line.ToJsonString().Contains(id, StringComparison.Ordinal))
            .ShouldHaveSingleItem();
        ((string?)line["LogLevel"]).ShouldBe("Warning");
        ((string?)line["State"]!["RequestId"]).ShouldBe(id);
        JsonNode scope = line["Scopes"]!.AsArray().Last()!;
        ((string?)scope["requestId"]).ShouldBe(id);
        ((string?)scope["provider"]).ShouldBe("groq");
        ((string?)scope["key"]).ShouldNotBeNullOrEmpty();
        ShouldTellNoSecret(output);
    }

    [Fact]
    public async Task Text_is_the_default_and_tells_no_secret_either()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(
            Answer.Json(
                $$$"""{"error":{"message":"Invalid API key {{{ProviderKey}}}","code":"invalid_api_key"}}""",
                401
            )
        );
        await using GatewayProcess gateway = Start(provider, ("GROQKIT_LOGS", "text"));

        string id = await FailAsync(gateway);

        string output = await EndAsync(gateway);
        output.ShouldContain(id);
        ShouldTellNoSecret(output);
    }

    [Fact]
    public async Task A_form_that_is_none_stops_the_start()
    {
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using GatewayProcess gateway = Start(provider, ("GROQKIT_LOGS", "xml"));

        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.ShouldContain("GROQKIT_LOGS: 'xml' must be text or json");
    }

    public void Dispose() => _folder.Dispose();

    private static void ShouldTellNoSecret(string output)
    {
        foreach (string secret in (string[])[AdminKey, ProviderKey, Prompt])
            output.ShouldNotContain(secret);
    }

    private GatewayProcess Start(LoopbackServer provider, (string, string) setting) =>
        GatewayProcess.Start(
            _folder.FullPath,
            ("GROQ_API_KEY", ProviderKey),
            ("GROQ_BASE_URL", provider.Address.ToString()),
            ("GROQKIT_ADMIN_KEY", AdminKey),
            ("GroqKit__Shutdown__Announce", "0s"),
            setting
        );

    private static async Task<string> FailAsync(GatewayProcess gateway)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        string body = $$$"""{"model":"m","messages":[{"role":"user","content":"{{{Prompt}}}"}]}""";
        using HttpResponseMessage answer = await client.PostAsync(
            new Uri(await gateway.ListeningAsync(), "/v1/chat/completions"),
            new StringContent(body, Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );
        answer.IsSuccessStatusCode.ShouldBeFalse();
        return answer.Header("x-request-id").ShouldNotBeNull();
    }

    // The console writes behind; a process that has ended has written everything.
    private static async Task<string> EndAsync(GatewayProcess gateway)
    {
        gateway.Terminate();
        return (await gateway.ExitAsync()).Output;
    }
}
