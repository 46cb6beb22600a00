using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GroqKit.Gateway.Tests.Hosting;

[Requirement("GW-18")]
public sealed class ListeningTests
{
    [Fact]
    public async Task The_server_takes_no_more_than_calls_need()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        KestrelServerOptions server = gateway.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;

        server.AddServerHeader.ShouldBeFalse();
        server.Limits.MaxRequestHeadersTotalSize.ShouldBe(16 * 1024);
        server.Limits.MaxRequestHeaderCount.ShouldBe(64);
        server.Limits.MaxRequestLineSize.ShouldBe(4 * 1024);
        server.Limits.KeepAliveTimeout.ShouldBe(TimeSpan.FromSeconds(75));
        server.Limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        server.Limits.MaxConcurrentConnections.ShouldBe(10_000);
        server.Limits.MaxConcurrentUpgradedConnections.ShouldBe(2_000);
        server.Limits.MinRequestBodyDataRate!.BytesPerSecond.ShouldBe(240);
        server.Limits.MinResponseDataRate!.BytesPerSecond.ShouldBe(2_000);
        server.Limits.Http2.KeepAlivePingDelay.ShouldBe(TimeSpan.FromSeconds(30));
        server.Limits.Http2.KeepAlivePingTimeout.ShouldBe(TimeSpan.FromSeconds(20));
    }
}
