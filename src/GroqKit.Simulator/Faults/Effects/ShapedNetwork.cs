using GroqKit.Simulator.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>A poor line: whatever is answered, whole, streamed or sound, passes through it later, slower or in small pieces.</summary>
internal sealed class ShapedNetwork(TimeSpan latency, int? bytesPerSecond, int? slice) : IFaultEffect
{
    private const int MostBytes = 1_000_000_000;

    public static IReadOnlyList<FaultDefinition> Definitions { get; } =
    [
        new(
            "latency",
            "delays every piece of the answer",
            [FaultParameter.Milliseconds("how long each piece is on its way", 100)],
            arguments => new ShapedNetwork(arguments.Milliseconds ?? TimeSpan.Zero, null, null)
        ),
        new(
            "bandwidth",
            "sends the answer no faster than a line of so many bytes a second",
            [new FaultParameter("bytes", "bytes a second", 10_000, 1, MostBytes)],
            arguments => new ShapedNetwork(TimeSpan.Zero, arguments["bytes"], null)
        ),
        new(
            "slice",
            "sends the answer in pieces of so many bytes, wherever that cuts it",
            [
                new FaultParameter("bytes", "bytes a piece", 7, 1, MostBytes),
                FaultParameter.Milliseconds("how long it waits before each piece", 0),
            ],
            arguments => new ShapedNetwork(arguments.Milliseconds ?? TimeSpan.Zero, null, arguments["bytes"])
        ),
    ];

    public ValueTask<bool> BeforeAnswerAsync(Exchange exchange)
    {
        IFeatureCollection features = exchange.Http.Features;
        IHttpResponseBodyFeature line = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var shaped = new ShapedStream(line.Stream, exchange.Time, latency, bytesPerSecond, slice);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(shaped, line));
        return ValueTask.FromResult(false);
    }
}
