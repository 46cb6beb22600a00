namespace GroqKit.Telemetry;

/// <summary>Remembers how quick the last calls to one model were. Always on: it costs three array writes a call.</summary>
/// <param name="samples">How many calls are remembered.</param>
internal sealed class LatencyTracker(int samples)
{
    private readonly SampleWindow _firstToken = new(samples);
    private readonly SampleWindow _total = new(samples);
    private readonly SampleWindow _rate = new(samples);

    public LatencySummary Summary => new(_firstToken.Summarize(), _total.Summarize(), _rate.Summarize());

    public void Add(TimeSpan? firstToken, TimeSpan total, double? tokensPerSecond)
    {
        if (firstToken is { } first)
            _firstToken.Add(first.TotalMilliseconds);
        _total.Add(total.TotalMilliseconds);
        if (tokensPerSecond is { } rate)
            _rate.Add(rate);
    }
}
