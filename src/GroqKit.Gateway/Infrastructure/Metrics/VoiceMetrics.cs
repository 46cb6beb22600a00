using System.Diagnostics.Metrics;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Infrastructure.Metrics;

/// <summary>How long callers wait for an answer once they have spoken.</summary>
internal sealed class VoiceMetrics : ITurnTimes
{
    private static readonly double[] WaitSeconds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2, 3, 5, 10];
    private static readonly double[] OwnSeconds = [1e-3, 2.5e-3, 5e-3, 10e-3, 15e-3, 25e-3, 50e-3, 100e-3];

    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _own;

    public VoiceMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(GatewayMetrics.MeterName);
        _wait = meter.CreateHistogram(
            "groqkit.gateway.voice.wait.duration",
            "s",
            "From the end of speech until the transcript, the first token, the first sentence, the first audio.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = WaitSeconds }
        );
        _own = meter.CreateHistogram(
            "groqkit.gateway.voice.own.duration",
            "s",
            "What the gateway added between the end of speech and the first audio.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = OwnSeconds }
        );
    }

    public void Record(VoiceTimings timings, bool isSpoken)
    {
        string input = isSpoken ? "speech" : "text";
        if (isSpoken)
            Record("transcript", timings.Transcript, input);
        Record("first_token", timings.FirstToken, input);
        Record("first_sentence", timings.FirstPiece, input);
        Record("first_audio", timings.FirstSound, input);
        if (timings.Own is { } own)
            _own.Record(own.TotalSeconds);
    }

    private void Record(string until, TimeSpan? wait, string input)
    {
        if (wait is { } time)
            _wait.Record(time.TotalSeconds, new("until", until), new("input", input));
    }
}
