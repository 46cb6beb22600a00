using System.Net;
using GroqKit.Gateway.Services.Origins;
using GroqKit.Gateway.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>A browser opens a socket to anywhere for any page; only pages that the operator knows get one here.</summary>
[Requirement("GW-19", "GW-16")]
public sealed class RealtimeOriginTests : IAsyncLifetime
{
    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() =>
        _stand = await VoiceStand.StartAsync(
            "--GroqKit:Realtime:AllowedOrigins=https://app.example, http://localhost:3000"
        );

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("https://app.example")]
    [InlineData("https://APP.example:443")]
    [InlineData("http://localhost:3000")]
    public async Task Who_is_no_page_or_a_known_one_gets_a_session(string? origin)
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand, origin);

        caller.CloseStatus.ShouldBeNull();
    }

    [Fact]
    public async Task A_page_of_the_gateway_itself_gets_a_session()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(
            _stand,
            _stand.Gateway.Address.GetLeftPart(UriPartial.Authority)
        );

        caller.CloseStatus.ShouldBeNull();
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://localhost:3001")]
    [InlineData("null")]
    [InlineData("https://app.example/page")]
    public async Task Another_page_is_refused_once_and_clearly(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/realtime?model=agent/{VoiceStand.Agent}")
        {
            Headers =
            {
                { "Connection", "Upgrade" },
                { "Upgrade", "websocket" },
                { "Sec-WebSocket-Version", "13" },
                { "Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]) },
                { "Origin", origin },
            },
        };

        using HttpResponseMessage answer = await _stand.Gateway.Client.SendAsync(
            request,
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var error = await answer.ErrorAsync();
        error.Text("code").ShouldBe("origin_not_allowed");
        error.Text("param").ShouldBe("origin");
        error.Text("message").ShouldContain(origin);
        await Should.ThrowAsync<HttpRequestException>(() => RealtimeCaller.ConnectAsync(_stand, origin));
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("https://b\u00fccher.example", true)]
    [InlineData("http://[::1]:3000", true)]
    [InlineData("https://app.example/", false)]
    [InlineData("https://app.example/page", false)]
    [InlineData("https://*.example", false)]
    [InlineData("app.example", false)]
    [InlineData("wss://app.example", false)]
    [InlineData("https://me@app.example", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void Only_scheme_host_and_port_are_an_origin(string text, bool isOne) =>
        AllowedOrigins.TryParse(text, out _, out _).ShouldBe(isOne);

    [Fact]
    public void Two_origins_are_none() =>
        new AllowedOrigins(["https://app.example"])
            .Permit(new(["https://app.example", "https://app.example"]), new HostString("gateway.example"))
            .ShouldBeFalse();
}
