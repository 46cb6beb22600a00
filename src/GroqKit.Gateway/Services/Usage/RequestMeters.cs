using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Pricing;

namespace GroqKit.Gateway.Services.Usage;

/// <summary>Opens the account of a call.</summary>
internal sealed class RequestMeters(TimeProvider time, IPriceBook prices, IEnumerable<IUsageSink> sinks)
{
    private readonly IUsageSink[] _sinks = [.. sinks];

    /// <param name="requestId">The call's id.</param>
    /// <param name="operation">One of <see cref="Operation"/>.</param>
    /// <param name="caller">Whose call it is.</param>
    /// <param name="begun">The clock's timestamp when the call came in; 0 for now.</param>
    public RequestMeter Begin(string requestId, string operation, CallerKey caller, long begun = 0) =>
        new(requestId, operation, caller, time, prices, _sinks, begun);
}
