using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Asks the providers of a chain one after the other until one begins to answer. Once the answer's first byte has left, nobody else is
/// asked: a caller never gets the beginning of two answers.
/// </summary>
internal static class Failover
{
    /// <param name="exchange">The call.</param>
    /// <param name="first">Whom to ask first; whom to ask next stands in it.</param>
    /// <param name="attempt">Asks one, with the call it is made for and whether somebody else is left to ask.</param>
    public static async Task RunAsync(
        Exchange exchange,
        ModelRoute first,
        Func<Exchange, ModelRoute, bool, Task> attempt
    )
    {
        ModelRoute route = first;
        CallLifetime? renewed = null;
        try
        {
            for (int next = 0; ; next++)
            {
                bool more = next < first.Fallback.Length;
                try
                {
                    await attempt(exchange, route, more);
                    return;
                }
                catch (GatewayException failure)
                    when (more && !exchange.Response.HasStarted && FailoverRules.MayTryAnother(failure))
                {
                    string step = $"{route.Provider.Name}/{route.Model}: {failure.Error.Code}";
                    exchange.Meter.Retried(failure.Error.Code);
                    exchange.Meter.Fallback = exchange.Meter.Fallback is { } steps ? $"{steps}, {step}" : step;
                    if (exchange.Lifetime.Reason is not null)
                    {
                        renewed?.Dispose();
                        renewed = exchange.Lifetime.Again();
                        exchange = exchange with { Lifetime = renewed };
                    }
                    route = first.Fallback[next];
                    exchange.Choose(route);
                    exchange.Response.Headers[GatewayHeaders.Fallback] = exchange.Meter.Fallback;
                }
            }
        }
        finally
        {
            renewed?.Dispose();
        }
    }
}
