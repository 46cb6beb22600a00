using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>Opens the account of a call.</summary>
internal sealed class RequestMeters(TimeProvider time, IEnumerable<IUsageSink> sinks)
{
    private readonly IUsageSink[] _sinks = [.. sinks];

    public RequestMeter Begin(string requestId, string operation, CallerKey caller) =>
        new(requestId, operation, caller, time, _sinks);
}
