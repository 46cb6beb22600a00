using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GroqKit.EndToEnd.Running;
using GroqKit.TestKit.Servers;

namespace GroqKit.EndToEnd.Deployment;

/// <summary>The nginx of the compose file, with its own configuration, in front of a gateway.</summary>
[Requirement("DL-01")]
public sealed class ProxyTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IAsyncLifetime
{
    private NginxServer? _nginx;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NginxServer.Installed is null, "nginx is not installed (Debian: nginx-light).");
        string site = await File.ReadAllTextAsync(Repository.At("deploy", "compose", "nginx.conf"));
        string node = $"{gateway.Address.Host}:{gateway.Address.Port}";
        _nginx = await NginxServer.StartAsync(port =>
            site.Replace("gateway1:8080", node, StringComparison.Ordinal)
                .Replace("gateway2:8080", node, StringComparison.Ordinal)
                .Replace(
                    "listen 8080",
                    string.Create(CultureInfo.InvariantCulture, $"listen 127.0.0.1:{port}"),
                    StringComparison.Ordinal
                )
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
            await _nginx.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_goes_through()
    {
        using HttpClient client = Client();
        using var body = new StringContent(
            """{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"Hello"}]}""",
            Encoding.UTF8,
            "application/json"
        );

        using HttpResponseMessage answer = await client.PostAsync(
            "/v1/chat/completions",
            body,
            TestContext.Current.CancellationToken
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.TrimEnd().ShouldEndWith("data: [DONE]");
    }

    [Fact]
    public async Task Figures_stay_inside()
    {
        using HttpClient client = Client();

        using HttpResponseMessage answer = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private HttpClient Client() =>
        new()
        {
            BaseAddress = _nginx!.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", GatewayFixture.Key) },
        };
}
