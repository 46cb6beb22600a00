// What every call reports. With OpenTelemetry: AddSource("GroqKit") and AddMeter("GroqKit"); here the platform's own listeners.
using System.Diagnostics;
using System.Diagnostics.Metrics;
using GroqKit;
using GroqKit.Catalog;
using GroqKit.Chat;
using GroqKit.Telemetry;

using var spans = new ActivityListener
{
    ShouldListenTo = source => source.Name == "GroqKit",
    Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    ActivityStopped = span =>
    {
        Console.WriteLine($"{span.DisplayName}, {span.Duration.TotalMilliseconds:F1} ms");
        foreach ((string name, object? value) in span.TagObjects)
            Console.WriteLine($"  {name, -46} {(value is string[] several ? string.Join(", ", several) : value)}");
    },
};
ActivitySource.AddActivityListener(spans);

var measured = new SortedDictionary<string, List<double>>();
using var metrics = new MeterListener
{
    InstrumentPublished = (instrument, listener) =>
    {
        if (instrument.Meter.Name == "GroqKit")
            listener.EnableMeasurementEvents(instrument);
    },
};
metrics.SetMeasurementEventCallback<long>((instrument, value, _, _) => Keep(instrument.Name, value));
metrics.SetMeasurementEventCallback<double>((instrument, value, _, _) => Keep(instrument.Name, value));
metrics.Start();

using var groq = new GroqClient(); // reads GROQ_API_KEY
await using ChatStream stream = await groq.Chat.StreamAsync(
    new ChatRequest { Model = GroqModels.GptOss20B, Messages = ["What is a trace?"] }
);
await stream.CollectAsync();

Console.WriteLine();
foreach ((string name, List<double> values) in measured)
    Console.WriteLine($"  {name, -46} {values.Count, 4} x  {values.Average():0.######}");

LatencySummary? latency = groq.Resilience.GetLatency(GroqModels.GptOss20B);
Console.WriteLine();
Console.WriteLine(
    $"p95: first token {latency?.FirstTokenMilliseconds?.P95:F1} ms, whole {latency?.TotalMilliseconds?.P95:F1} ms"
);

void Keep(string name, double value)
{
    lock (measured)
        (measured.TryGetValue(name, out List<double>? values) ? values : measured[name] = []).Add(value);
}
