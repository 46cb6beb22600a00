using System.Collections.Concurrent;
using System.Text;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Infrastructure.Telemetry;

/// <summary>A collector that takes OTLP over HTTP and can say which spans and metrics came.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _arrived = new(0);
    private LoopbackServer? _server;

    public Uri Address => _server!.Address;

    /// <summary>Whether a text stands anywhere in what was sent.</summary>
    public bool Tells(string text) => _bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        receiver._server = await LoopbackServer.StartAsync(
            receiver.TakeAsync,
            record: false,
            TestContext.Current.CancellationToken
        );
        return receiver;
    }

    /// <summary>The first span that fits; waits for it.</summary>
    public Task<OtlpSpan> SpanAsync(Func<OtlpSpan, bool> fits) => WaitAsync(() => _spans.FirstOrDefault(fits));

    /// <summary>Waits until a metric of that name has come.</summary>
    public Task MetricAsync(string name) => WaitAsync(() => _metrics.ContainsKey(name) ? name : null);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task<T> WaitAsync<T>(Func<T?> find)
        where T : class
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(SafetyTimeout);
        while (true)
        {
            if (find() is { } found)
                return found;
            await _arrived.WaitAsync(timeout.Token);
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        byte[] bytes = body.ToArray();
        _bodies.Enqueue(bytes);
        if (context.Request.Path == "/v1/traces")
        {
            foreach (OtlpSpan span in OtlpMessage.Spans(bytes))
                _spans.Enqueue(span);
        }
        else if (context.Request.Path == "/v1/metrics")
        {
            foreach (string name in OtlpMessage.MetricNames(bytes))
                _metrics[name] = true;
        }
        context.Response.ContentType = "application/x-protobuf";
        _arrived.Release();
    }
}
