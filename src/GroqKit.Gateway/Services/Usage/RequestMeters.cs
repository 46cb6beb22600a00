using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Pricing;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>Opens the account of a call.</summary>
internal sealed class RequestMeters(TimeProvider time, IPriceBook prices, IEnumerable<IUsageSink> sinks)
{
    private readonly IUsageSink[] _sinks = [.. sinks];

    public RequestMeter Begin(string requestId, string operation, CallerKey caller) =>
        new(requestId, operation, caller, time, prices, _sinks);
}
