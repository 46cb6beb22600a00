namespace GroqKit.Simulator.Faults.Effects;

/// <summary>What a line does to the pieces that go over it.</summary>
/// <param name="Latency">How long each piece is on its way; null is no time at all.</param>
/// <param name="Jitter">Milliseconds by which that may be more or less.</param>
/// <param name="BytesPerSecond">How much it carries; null without a bound.</param>
/// <param name="Slice">Bytes a piece; null as they come.</param>
/// <param name="Most">Bytes after which it breaks; null never.</param>
internal sealed record Line(
    TimeSpan? Latency = null,
    int Jitter = 0,
    int? BytesPerSecond = null,
    int? Slice = null,
    int? Most = null
)
{
    private const int PiecesPerSecond = 10;

    /// <summary>How many of the bytes go as one piece.</summary>
    public int Piece(int length)
    {
        if (Slice is { } slice)
            return slice;
        return BytesPerSecond is { } rate ? Math.Max(1, rate / PiecesPerSecond) : Math.Max(1, length);
    }

    public TimeSpan Wait(int length, FaultDraw draw)
    {
        TimeSpan latency = Latency ?? TimeSpan.Zero;
        if (Jitter > 0)
            latency += TimeSpan.FromMilliseconds(draw.Next(2 * Jitter + 1) - Jitter);
        if (BytesPerSecond is { } rate)
            latency += TimeSpan.FromSeconds((double)length / rate);
        return latency > TimeSpan.Zero ? latency : TimeSpan.Zero;
    }
}
