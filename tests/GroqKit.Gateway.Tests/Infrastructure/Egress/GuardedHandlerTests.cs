using System.Net;
using GroqKit.Gateway.Infrastructure.Egress;
using GroqKit.Gateway.Services.Egress;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GroqKit.Gateway.Tests.Infrastructure.Egress;

[Requirement("GW-10", "PR-03")]
public sealed class GuardedHandlerTests : IAsyncLifetime
{
    private readonly List<string> _paths = [];
    private WebApplication _server = null!;
    private int _port;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(context =>
        {
            _paths.Add(context.Request.Path);
            if (context.Request.Path == "/away")
                context.Response.Redirect($"http://127.0.0.1:{_port}/private");
            return Task.CompletedTask;
        });
        await _server.StartAsync(TestContext.Current.CancellationToken);
        _port = new Uri(_server.Urls.Single()).Port;
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_not_called()
    {
        using HttpClient client = ClientOf(new EgressRules([], false), new Resolver([IPAddress.Loopback]));

        await ShouldBeBlocked(client);
    }

    [Fact]
    public async Task One_inner_address_among_public_ones_is_enough_to_refuse()
    {
        using HttpClient client = ClientOf(
            new EgressRules([], false),
            new Resolver([IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.0.0.1")])
        );

        await ShouldBeBlocked(client);
    }

    [Fact]
    public async Task A_name_that_turns_inward_after_its_first_answer_is_not_called()
    {
        // The first answer is what a check at the time of storing would see, the second what the connection would use.
        var resolver = new Resolver([IPAddress.Parse("8.8.8.8")], [IPAddress.Loopback]);
        await resolver.ResolveAsync("rebinding.example", default);
        using HttpClient client = ClientOf(new EgressRules([], false), resolver);

        await ShouldBeBlocked(client);
        resolver.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task An_allowed_host_is_called_and_its_redirect_is_not_followed()
    {
        var rules = new EgressRules([$"models.example:{_port}"], false);
        using HttpClient client = ClientOf(rules, new Resolver([IPAddress.Loopback]));

        using HttpResponseMessage answer = await client.GetAsync(
            new Uri($"http://models.example:{_port}/away"),
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        _paths.ShouldBe(["/away"]);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task ShouldBeBlocked(HttpClient client)
    {
        HttpRequestException failure = await Should.ThrowAsync<HttpRequestException>(() =>
            client.GetAsync(new Uri($"http://rebinding.example:{_port}/"), TestContext.Current.CancellationToken)
        );

        failure.GetBaseException().ShouldBeOfType<EgressException>();
        _paths.ShouldBeEmpty();
    }

    private static HttpClient ClientOf(EgressRules rules, IHostResolver resolver) =>
        new(GuardedHandler.Create(rules, resolver));

    private sealed class Resolver(params IPAddress[][] answers) : IHostResolver
    {
        public int Asked { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult(answers[Math.Min(Asked++, answers.Length - 1)]);
    }
}
