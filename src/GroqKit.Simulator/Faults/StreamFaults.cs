using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults;

internal static class StreamFaults
{
    /// <summary>Lets every fault of the exchange interfere before a frame; true when one has taken over.</summary>
    public static async ValueTask<bool> InterfereAsync(
        Exchange exchange,
        SseWriter sse,
        FrameKind next,
        int contentSent
    )
    {
        foreach (IFaultEffect effect in exchange.Effects)
        {
            if (await effect.BeforeFrameAsync(new StreamMoment(exchange, sse, next, contentSent)))
                return true;
        }

        return false;
    }
}
