using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>A poor line in the other direction: the request's body arrives late, slowly, in part or not at all.</summary>
internal sealed class ShapedUpload : IFaultEffect
{
    private const int MostBytes = 1_000_000_000;

    private static readonly FaultParameter After = new(
        "after",
        "bytes of the request that still arrive",
        0,
        0,
        MostBytes
    );

    public static IReadOnlyList<FaultDefinition> Definitions { get; } =
    [
        new(
            "upload-latency",
            "delays every piece of the request",
            [FaultParameter.Milliseconds("how long each piece is on its way", 100)],
            arguments => new ShapedUpload { Latency = arguments.Milliseconds ?? TimeSpan.Zero }
        ),
        new(
            "upload-bandwidth",
            "takes the request in no faster than a line of so many bytes a second",
            [new FaultParameter("bytes", "bytes a second", 10_000, 1, MostBytes)],
            arguments => new ShapedUpload { BytesPerSecond = arguments["bytes"] }
        ),
        new(
            "upload-stall",
            "stops taking the request in and keeps the connection open",
            [
                After,
                FaultParameter.Milliseconds("how long it stands still before it goes on; left out: for ever", null),
            ],
            arguments => new ShapedUpload
            {
                StallsAfter = arguments[After.Name],
                Stall = arguments.Milliseconds ?? Timeout.InfiniteTimeSpan,
            }
        ),
        new(
            "upload-cut",
            "resets the connection while the request comes in",
            [After],
            arguments => new ShapedUpload { CutsAfter = arguments[After.Name] }
        ),
    ];

    private bool _stalled;

    private TimeSpan Latency { get; init; }

    private int? BytesPerSecond { get; init; }

    private int? StallsAfter { get; init; }

    private TimeSpan Stall { get; init; }

    private int? CutsAfter { get; init; }

    public async ValueTask<bool> AfterPieceAsync(Exchange exchange, UploadMoment moment)
    {
        if (CutsAfter is { } cut && moment.IsDue(cut))
        {
            exchange.Drop();
            return true;
        }

        TimeSpan wait = moment.Piece == 0 ? TimeSpan.Zero : Latency;
        if (BytesPerSecond is { } rate)
            wait += TimeSpan.FromSeconds((double)moment.Piece / rate);
        if (StallsAfter is { } stall && !_stalled && moment.IsDue(stall))
        {
            _stalled = true;
            wait = Stall;
        }

        if (wait == TimeSpan.Zero)
            return false;
        return !await exchange.WaitAsync(wait == Timeout.InfiniteTimeSpan ? null : wait);
    }
}
