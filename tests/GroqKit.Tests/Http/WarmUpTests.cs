using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GroqKit.Tests.Audio;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Http;

[Requirement("CL-08")]
public sealed class WarmUpTests
{
    private readonly ConcurrentDictionary<string, int> _connections = new();
    private readonly ConcurrentQueue<(string Method, bool HasKey)> _requests = new();

    [Fact]
    public async Task Connections_are_open_before_the_first_calls_which_use_them()
    {
        await using AudioServer server = await AudioServer.StartAsync(Together(4));
        using GroqClient client = server.Client();

        await client.WarmUpAsync(4);

        _connections.Count.ShouldBe(4);
        _requests.ShouldAllBe(request => request.Method == "HEAD" && !request.HasKey);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.Models.ListAsync()));
        _connections.Count.ShouldBe(4, "the calls found connections open");
        _connections.Values.Sum().ShouldBe(8);
    }

    [Fact]
    public async Task Whatever_the_answer_is_the_connection_is_open()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(503, "<html>", "text/html", ("retry-after", "60"));
        using GroqClient client = Clients.For(server);

        await client.WarmUpAsync();

        server.Requests.ShouldHaveSingleItem().Headers.Keys.ShouldNotContain("Authorization");
        client.Resilience.Models.ShouldBeEmpty();
    }

    [Fact]
    [Requirement("CL-18")]
    public async Task A_server_that_is_not_there_is_a_network_error()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        using GroqClient client = Clients.For($"http://127.0.0.1:{port}");

        var error = await Should.ThrowAsync<GroqNetworkException>(() => client.WarmUpAsync(3));

        error.IsRetryable.ShouldBeTrue();
        error.InnerException.ShouldBeOfType<HttpRequestException>();
    }

    [Fact]
    [Requirement("CL-18")]
    public async Task A_server_that_never_finishes_its_handshake_is_a_timeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using GroqClient client = Clients.For(
            $"https://{silent.LocalEndpoint}",
            // Long enough for the connection itself, which would else be what was waited for.
            options => options.ConnectTimeout = TimeSpan.FromSeconds(2)
        );

        (await Should.ThrowAsync<GroqTimeoutException>(() => client.WarmUpAsync())).Phase.ShouldBe(
            TimeoutPhase.TlsHandshake
        );
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using GroqClient client = Clients.For($"https://{silent.LocalEndpoint}");
        using var cancellation = new CancellationTokenSource();

        Task warming = client.WarmUpAsync(2, cancellation.Token);
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => warming);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_number_out_of_range_is_refused(int connections)
    {
        using GroqClient client = Clients.For(new ScriptedHandler());

        Should
            .Throw<ArgumentOutOfRangeException>(() => client.WarmUpAsync(connections))
            .ParamName.ShouldBe("connections");
    }

    // Answers when so many requests are there at the same time, which takes as many connections.
    private RequestDelegate Together(int count)
    {
        int waiting = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return async context =>
        {
            _connections.AddOrUpdate(context.Connection.Id, 1, static (_, number) => number + 1);
            _requests.Enqueue((context.Request.Method, context.Request.Headers.ContainsKey("Authorization")));
            int number = Interlocked.Increment(ref waiting);
            TaskCompletionSource gate = number <= count ? all : calls;
            if (number % count == 0)
                gate.SetResult();
            await gate.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            if (!HttpMethods.IsHead(context.Request.Method))
                await AudioServer.JsonAsync(context, "{}");
        };
    }
}
