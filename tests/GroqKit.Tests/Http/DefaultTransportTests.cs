using System.Security.Authentication;
using GroqKit.Http;

namespace GroqKit.Tests.Http;

[Requirement("CL-04", "CL-08")]
public sealed class DefaultTransportTests
{
    [Fact]
    public void Connections_are_pooled_bounded_and_safe()
    {
        using SocketsHttpHandler handler = DefaultTransport.Create(new GroqClientOptions());

        handler.AllowAutoRedirect.ShouldBeFalse();
        handler.UseCookies.ShouldBeFalse();
        handler.MaxConnectionsPerServer.ShouldBe(100);
        handler.PooledConnectionLifetime.ShouldBe(TimeSpan.FromMinutes(5));
        handler.PooledConnectionIdleTimeout.ShouldBe(TimeSpan.FromSeconds(90));
        handler.ConnectTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        handler.EnableMultipleHttp2Connections.ShouldBeTrue();
        handler.SslOptions.EnabledSslProtocols.ShouldBe(SslProtocols.Tls12 | SslProtocols.Tls13);
        handler.SslOptions.RemoteCertificateValidationCallback.ShouldBeNull();
    }

    [Fact]
    public async Task Version_2_is_preferred_over_https_and_1_1_is_used_without()
    {
        var versions = new List<(Version, HttpVersionPolicy)>();
        var handler = new ScriptedHandler().Next(Remember).Next(Remember);
        using GroqClient secure = Clients.For(handler);
        using GroqClient plain = Clients.For(handler, options => options.BaseUrl = "http://127.0.0.1:1");

        await secure.Models.ListAsync();
        await plain.Models.ListAsync();

        versions.ShouldBe([
            (new Version(2, 0), HttpVersionPolicy.RequestVersionOrLower),
            (new Version(1, 1), HttpVersionPolicy.RequestVersionOrLower),
        ]);

        Task<HttpResponseMessage> Remember(HttpRequestMessage request, CancellationToken token)
        {
            versions.Add((request.Version, request.VersionPolicy));
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("{}") });
        }
    }
}
