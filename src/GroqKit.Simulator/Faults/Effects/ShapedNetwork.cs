using GroqKit.Simulator.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>A poor line: whatever is answered, whole, streamed or sound, passes through it later, slower or in small pieces.</summary>
internal sealed class ShapedNetwork(Line line) : IFaultEffect
{
    private const int MostBytes = 1_000_000_000;

    public static IReadOnlyList<FaultDefinition> Definitions { get; } =
    [
        new(
            "latency",
            "delays every piece of the answer",
            [
                FaultParameter.Milliseconds("how long each piece is on its way", 100),
                new FaultParameter("jitter", "milliseconds by which that may be more or less", 0, 0, 3_600_000),
            ],
            arguments => new ShapedNetwork(new Line(arguments.Milliseconds, Jitter: arguments["jitter"]))
        ),
        new(
            "bandwidth",
            "sends the answer no faster than a line of so many bytes a second",
            [new FaultParameter("bytes", "bytes a second", 10_000, 1, MostBytes)],
            arguments => new ShapedNetwork(new Line(BytesPerSecond: arguments["bytes"]))
        ),
        new(
            "limit-data",
            "resets the connection once so many bytes of the body were sent",
            [new FaultParameter("bytes", "bytes that arrive", 100, 0, MostBytes)],
            arguments => new ShapedNetwork(new Line(Most: arguments["bytes"]))
        ),
        new(
            "slice",
            "sends the answer in pieces of so many bytes, wherever that cuts it",
            [
                new FaultParameter("bytes", "bytes a piece", 7, 1, MostBytes),
                FaultParameter.Milliseconds("how long it waits before each piece", 0),
            ],
            arguments => new ShapedNetwork(new Line(arguments.Milliseconds, Slice: arguments["bytes"]))
        ),
    ];

    public ValueTask<bool> BeforeAnswerAsync(Exchange exchange)
    {
        IFeatureCollection features = exchange.Http.Features;
        IHttpResponseBodyFeature body = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var shaped = new ShapedStream(body.Stream, exchange, line);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(shaped, body));
        return ValueTask.FromResult(false);
    }
}
