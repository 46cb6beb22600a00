using System.Diagnostics;
using System.Diagnostics.Metrics;
using GroqKit;
using GroqKit.AheadOfTime;
using Feature = (string Name, System.Func<System.Threading.Tasks.Task<string>> Use);

// Uses every feature of the client once, and says what came of each. With "start" it only makes a client: the time of that is the time to start.
using GroqClient groq = new();
if (args is ["start"])
{
    Console.WriteLine(groq.BaseAddress);
    return 0;
}

int spans = 0;
using var tracing = new ActivityListener
{
    ShouldListenTo = source => source.Name == "GroqKit",
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    ActivityStopped = _ => Interlocked.Increment(ref spans),
};
ActivitySource.AddActivityListener(tracing);
var metrics = new HashSet<string>();
using var metering = new MeterListener
{
    InstrumentPublished = (instrument, listener) =>
    {
        if (instrument.Meter.Name == "GroqKit")
            listener.EnableMeasurementEvents(instrument);
    },
};
metering.SetMeasurementEventCallback<int>((instrument, _, _, _) => Keep(instrument));
metering.SetMeasurementEventCallback<long>((instrument, _, _, _) => Keep(instrument));
metering.SetMeasurementEventCallback<double>((instrument, _, _, _) => Keep(instrument));
metering.Start();

int failures = 0;
foreach (Feature feature in (Feature[])[.. ChatFeatures.Of(groq), .. SoundFeatures.Of(groq), .. OtherFeatures.Of(groq)])
{
    try
    {
        Console.WriteLine($"{feature.Name}: {await feature.Use()}");
    }
    catch (Exception error)
    {
        failures++;
        Console.WriteLine($"{feature.Name}: FAILED {error}");
    }
}
metering.RecordObservableInstruments();
Console.WriteLine($"spans: {(spans > 0 ? "some" : "none")}");
Console.WriteLine(
    $"metrics: {string.Join(' ', metrics.Where(name => name.StartsWith("groq_", StringComparison.Ordinal)).Order())}"
);
return failures == 0 ? 0 : 1;

void Keep(Instrument instrument)
{
    lock (metrics)
        metrics.Add(instrument.Name);
}
