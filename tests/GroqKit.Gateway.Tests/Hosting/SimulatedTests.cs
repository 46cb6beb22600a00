using System.Net.Http.Headers;
using System.Text;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-02", "GW-09")]
public sealed class SimulatedTests : IDisposable
{
    private const string Key = "operators-own-key-0123456789";

    private readonly TempDirectory _folder = new();

    [Fact]
    public async Task Without_a_provider_key_the_simulator_answers_and_everything_says_so()
    {
        await using GatewayProcess gateway = GatewayProcess.Start(
            _folder.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQKIT_ADMIN_KEY", Key)
        );
        using var client = new HttpClient { BaseAddress = await gateway.ListeningAsync() };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        (await ChatAsync(client, Chat("openai/gpt-oss-120b", stream: true))).ShouldSatisfyAllConditions(
            answer => answer.Text.ShouldStartWith("data: {"),
            answer => answer.Text.ShouldEndWith(Chunks.Done),
            answer => answer.Provider.ShouldBe("simulator")
        );
        (await ChatAsync(client, Chat("groq/openai/gpt-oss-20b", stream: false))).ShouldSatisfyAllConditions(
            answer => answer.Text.ShouldContain("\"chat.completion\""),
            answer => answer.Provider.ShouldBe("simulator")
        );
        (await ChatAsync(client, Chat("sim/429", stream: true))).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(429),
            answer => answer.Provider.ShouldBe("simulator")
        );
        (await ChatAsync(client, "{}")).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(400),
            answer => answer.Provider.ShouldBe("simulator")
        );
        string models = await client.GetStringAsync("/v1/models", TestContext.Current.CancellationToken);
        models.ShouldContain("openai/gpt-oss-120b");
        string ready = await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);
        ready.ShouldContain("\"simulated\":true");
        gateway.Output.ShouldContain("simulator");
        await using RawConnection raw = await RawConnection.OpenAsync(client.BaseAddress);
        await raw.SendAsync($"GET /v1/models HTTP/1.1\nHost: h\nAuthorization: Bearer {Key}\nConnection: close\n\n");
        (await raw.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 400 ", Case.Sensitive, "lines end with CR LF");
    }

    public void Dispose() => _folder.Dispose();

    private static string Chat(string model, bool stream) =>
        $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Hello"}]}""";

    private static async Task<(int Status, string? Provider, string Text)> ChatAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(
            "/openai/v1/chat/completions",
            content,
            TestContext.Current.CancellationToken
        );
        return ((int)answer.StatusCode, answer.Header("x-groqkit-provider"), await answer.TextAsync());
    }
}
