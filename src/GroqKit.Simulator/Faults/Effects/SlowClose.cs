using GroqKit.Simulator.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>An answer of which everything arrives but its end.</summary>
internal sealed class SlowClose(TimeSpan? length) : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new(
            "slow-close",
            "sends the whole answer and then waits before it ends it",
            [FaultParameter.Milliseconds("how long the end is held back", 1_000)],
            arguments => new SlowClose(arguments.Milliseconds)
        );

    public ValueTask<bool> BeforeAnswerAsync(Exchange exchange)
    {
        IFeatureCollection features = exchange.Http.Features;
        IHttpResponseBodyFeature line = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        features.Set<IHttpResponseBodyFeature>(new LateEnd(line, exchange, length));
        return ValueTask.FromResult(false);
    }

    public ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        // A body of a known length ends with its last byte, whatever the server does then.
        if (!exchange.Http.Response.HasStarted)
            exchange.Http.Response.ContentLength = null;
        return ValueTask.FromResult(false);
    }

    private sealed class LateEnd(IHttpResponseBodyFeature line, Exchange exchange, TimeSpan? length)
        : IHttpResponseBodyFeature
    {
        public Stream Stream => line.Stream;

        public System.IO.Pipelines.PipeWriter Writer => line.Writer;

        public void DisableBuffering() => line.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => line.StartAsync(cancellationToken);

        public Task SendFileAsync(
            string path,
            long offset,
            long? count,
            CancellationToken cancellationToken = default
        ) => line.SendFileAsync(path, offset, count, cancellationToken);

        public async Task CompleteAsync()
        {
            await line.Writer.FlushAsync(exchange.Gone);
            if (await exchange.WaitAsync(length))
                await line.CompleteAsync();
        }
    }
}
