using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GroqKit.Bench.Client;

/// <summary>What spans and metrics add to a whole call when somebody listens, and does nothing with them.</summary>
internal static class TelemetryCost
{
    private const string Scope = "GroqKit";

    public static async Task RunAsync(int rounds)
    {
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Scope,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(spans);
        using var metrics = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == Scope)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        metrics.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        metrics.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        metrics.Start();
        using var handler = new CannedHandler(streams: false, withRateLimits: true);
        using Ours silent = Client(handler, enabled: false);
        using Ours told = Client(handler, enabled: true);
        var costs = await Rounds.MeasureAsync([silent.ChatAsync, told.ChatAsync], rounds, 10_000);
        Console.WriteLine(
            $"spans and metrics that are listened to add {costs[1].Microseconds - costs[0].Microseconds:0.00} us and {costs[1].Bytes - costs[0].Bytes:0} B to a whole call"
        );
    }

    private static Ours Client(HttpMessageHandler transport, bool enabled) =>
        new(
            new GroqClientOptions
            {
                ApiKey = new ApiKey("gsk_bench"),
                BaseUrl = "https://bench.invalid",
                Transport = transport,
                Telemetry = { Enabled = enabled },
            }
        );
}
