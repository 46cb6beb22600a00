using System.Net;
using System.Security.Cryptography;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-15")]
public sealed class MasterKeyTests(TestDatabases databases) : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly string _right = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly string _wrong = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Theory]
    [InlineData(
        "/api/providers",
        """{"name":"mine","kind":"openai","baseUrl":"ADDRESS","apiKey":"sk-of-the-provider"}"""
    )]
    [InlineData("/api/webhooks", """{"url":"ADDRESS"}""")]
    [InlineData("/api/webhook-sources", """{"name":"git","handler":"record"}""")]
    [InlineData("/api/agents", """{"name":"bot","privacy":{"keepDays":1},"llm":{"provider":"groq","model":"m"}}""")]
    public async Task A_wrong_master_key_stops_the_start_and_says_so_whatever_is_encrypted(string path, string body)
    {
        string database = await databases.CreateAsync(Engine.Sqlite);
        await using LoopbackServer provider = await ScriptedProvider.StartAsync(Answer.Json(Chunks.Whole));
        await using (
            RunningGateway before = await RunningGateway.StartAsync(
                Answer.Json(Chunks.Whole),
                $"--GROQKIT_DATABASE={database}",
                $"--GROQKIT_MASTER_KEY={_right}"
            )
        )
        {
            AdminAnswer made = await before.PostAsync(path, body.Replace("ADDRESS", provider.Address.AbsoluteUri));
            made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());
            if (path == "/api/agents")
            {
                using HttpResponseMessage kept = await before.ChatAsync(
                    RunningGateway.Hello.Replace("\"m\"", "\"agent/bot\"")
                );
                kept.StatusCode.ShouldBe(HttpStatusCode.OK);
                _ = await kept.TextAsync();
                // The body is kept after the answer has gone.
                await before.StopAsync();
            }
        }

        await using GatewayProcess gateway = GatewayProcess.Start(
            _folder.FullPath,
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("GROQKIT_DATABASE", database),
            ("GROQKIT_MASTER_KEY", _wrong)
        );
        (int code, string output) = await gateway.ExitAsync();

        code.ShouldBe(1);
        output.ShouldContain("GROQKIT_MASTER_KEY is not the one that the secret of");
        output.ShouldNotContain("   at ");
        output.ShouldNotContain(_wrong);
    }

    public void Dispose() => _folder.Dispose();
}
