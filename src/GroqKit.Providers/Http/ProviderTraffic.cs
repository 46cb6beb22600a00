using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using GroqKit.Http;
using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Providers.Http;

/// <summary>What the calls over one connection tell about each model: limits, latencies, how long to hold off. Safe for all threads.</summary>
internal sealed class ProviderTraffic(TimeProvider time, int latencySamples, bool tracksLatency)
{
    // Bounds the memory that callers can claim by inventing names.
    private const int MaxModels = 1024;

    private readonly ConcurrentDictionary<(ProviderService, string), Lane> _lanes = new();

    public ProviderCondition Observe(ProviderService service, string model)
    {
        if (!_lanes.TryGetValue((service, model), out Lane? lane))
            return ProviderCondition.Unknown;
        TimeSpan held = lane.HeldUntil - time.GetUtcNow();
        return new ProviderCondition(held <= TimeSpan.Zero, held > TimeSpan.Zero ? held : null)
        {
            Limits = lane.Limits,
            Latency = tracksLatency ? lane.Latency.Summary : null,
        };
    }

    public void Answered(ProviderCall call, HttpResponseHeaders headers)
    {
        if (Find(call) is not { } lane)
            return;
        RateLimitState? requests = Read(headers, "requests", RateUnit.Requests);
        RateLimitState? tokens = Read(headers, "tokens", RateUnit.Tokens);
        if (requests is not null || tokens is not null)
            lane.Limits = [.. new[] { requests, tokens }.OfType<RateLimitState>()];
    }

    public void Completed(ProviderCall call, TimeSpan? firstOutput, TimeSpan total) =>
        Find(call)?.Latency.Add(firstOutput, total, null);

    public void Failed(ProviderCall call, ProviderException failure)
    {
        if (failure is { Failure: ProviderFailure.RateLimited, RetryAfter: { } wait } && Find(call) is { } lane)
            lane.HeldUntil = time.GetUtcNow() + wait;
    }

    private Lane? Find(ProviderCall call)
    {
        var key = (call.Service, call.Model ?? "");
        if (_lanes.TryGetValue(key, out Lane? lane))
            return lane;
        return _lanes.Count < MaxModels ? _lanes.GetOrAdd(key, _ => new Lane(latencySamples)) : null;
    }

    private static RateLimitState? Read(HttpResponseHeaders headers, string unit, RateUnit counted)
    {
        if (Number(headers, $"x-ratelimit-limit-{unit}") is not { } limit)
            return null;
        TimeSpan fullIn = GoDuration.TryParse(headers.First($"x-ratelimit-reset-{unit}"), out TimeSpan reset)
            ? reset
            : TimeSpan.Zero;
        double remaining = Number(headers, $"x-ratelimit-remaining-{unit}") ?? limit;
        return new RateLimitState(counted, TimeSpan.FromMinutes(1), RateSource.Headers, limit, remaining, fullIn);
    }

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(headers.First(name), NumberStyles.None, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    private sealed class Lane(int samples)
    {
        public LatencyTracker Latency { get; } = new(samples);

        public volatile IReadOnlyList<RateLimitState> Limits = [];

        private long _heldUntil;

        public DateTimeOffset HeldUntil
        {
            get => new(Volatile.Read(ref _heldUntil), TimeSpan.Zero);
            set => Volatile.Write(ref _heldUntil, value.UtcTicks);
        }
    }
}
