using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GroqKit.TestKit.Loopback;

/// <summary>
/// Real Kestrel on a free loopback port that answers every request with one delegate, and remembers what it was asked.
/// <c>HttpContext.RequestAborted</c> tells the delegate that the caller left; <c>HttpContext.Abort()</c> resets the connection.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly Channel<RecordedRequest> _arrivals = Channel.CreateUnbounded<RecordedRequest>();

    private LoopbackServer(RequestDelegate answer, bool record)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _app = builder.Build();
        _app.Run(async context =>
        {
            if (record)
                Remember(await RecordedRequest.ReadAsync(context.Request));
            await answer(context);
        });
    }

    /// <summary>The address to give to a client, without a trailing path: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>Every request so far, in the order of arrival. Empty when recording is off.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Starts listening.</summary>
    /// <param name="answer">Writes the answer. What it throws becomes a 500, as in any server.</param>
    /// <param name="record">False leaves the body unread, for tests of streamed uploads.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<LoopbackServer> StartAsync(
        RequestDelegate answer,
        bool record = true,
        CancellationToken cancellationToken = default
    )
    {
        var server = new LoopbackServer(answer, record);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>The next request not yet taken by this method; waits for it, so that a test never has to sleep.</summary>
    /// <exception cref="TimeoutException">Nothing came for 30 s.</exception>
    public async Task<RecordedRequest> NextRequestAsync(CancellationToken cancellationToken = default) =>
        await _arrivals.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(SafetyTimeout, cancellationToken);

    /// <summary>Stops at once; open connections are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private void Remember(RecordedRequest request)
    {
        _requests.Enqueue(request);
        _arrivals.Writer.TryWrite(request);
    }
}
