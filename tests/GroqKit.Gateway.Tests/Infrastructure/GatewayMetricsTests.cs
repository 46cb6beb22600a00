using System.Diagnostics.Metrics;
using GroqKit.Gateway.Infrastructure.Metrics;
using GroqKit.Gateway.Services.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Infrastructure;

[Requirement("GW-17")]
public sealed class GatewayMetricsTests
{
    [Fact]
    public void A_call_is_measured_for_whoever_listens()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var metrics = new GatewayMetrics(meters);
        var seen = new List<(string Name, double Value, string Tags)>();
        using MeterListener listener = Listen(meters, seen);

        metrics.Record(Record(Outcome.Completed));

        seen.ShouldBe(
            [
                ("groqkit.gateway.requests", 1, "model=m operation=chat outcome=completed provider=groq"),
                ("groqkit.gateway.tokens", 3, "model=m operation=chat provider=groq type=prompt"),
                ("groqkit.gateway.tokens", 4, "model=m operation=chat provider=groq type=completion"),
                ("groqkit.gateway.unpriced", 1, "provider=groq"),
                ("groqkit.gateway.request.duration", 2, "model=m operation=chat provider=groq"),
                ("groqkit.gateway.first_token.duration", 1, "model=m operation=chat provider=groq"),
                ("groqkit.gateway.overhead.duration", 0.25, "operation=chat"),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void A_model_that_no_provider_accepted_makes_no_series()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var metrics = new GatewayMetrics(meters);
        var seen = new List<(string Name, double Value, string Tags)>();
        using MeterListener listener = Listen(meters, seen);

        metrics.Record(Record(Outcome.UpstreamRefused));

        seen.ShouldAllBe(measured => !measured.Tags.Contains("model=m"));
    }

    private static MeterListener Listen(IMeterFactory meters, List<(string Name, double Value, string Tags)> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Meter.Name == GatewayMetrics.MeterName)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => seen.Add((instrument.Name, value, Text(tags)))
        );
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => seen.Add((instrument.Name, value, Text(tags)))
        );
        listener.Start();
        return listener;
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));

    private static UsageRecord Record(Outcome outcome) =>
        new()
        {
            RequestId = "req_1",
            Operation = Operation.Chat,
            Tenant = "default",
            KeyId = "key_1",
            Provider = "groq",
            Model = "m",
            Outcome = outcome,
            Status = 200,
            Usage = new TokenUsage(3, 4, 7),
            StartedAt = default,
            Duration = TimeSpan.FromSeconds(2),
            FirstToken = TimeSpan.FromSeconds(1),
            Overhead = TimeSpan.FromSeconds(0.25),
        };
}
