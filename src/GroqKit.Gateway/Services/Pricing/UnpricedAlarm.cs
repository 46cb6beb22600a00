using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>Tells the operator once of every model that was used and has no price. Thread-safe.</summary>
internal sealed partial class UnpricedAlarm(ILogger<UnpricedAlarm> logger) : IUsageSink
{
    // Bounds what callers who invent names can make of the log.
    private const int MaxTold = 256;

    private readonly ConcurrentDictionary<(string?, string?), bool> _told = new();

    public void Record(in UsageRecord record)
    {
        if (record.Cost is null && _told.Count < MaxTold && _told.TryAdd((record.Provider, record.Model), value: true))
            NoPrice(record.Provider, record.Model, record.RequestId);
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "{RequestId}: no price is known for '{Model}' of '{Provider}'; its calls have no cost. GroqKit:Prices takes your own."
    )]
    private partial void NoPrice(string? provider, string? model, string requestId);
}
