using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class EmptyBody : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new("empty", "answers with the right status and headers and no body at all", [], _ => new EmptyBody());

    public async ValueTask<bool> BeforeFrameAsync(StreamMoment moment)
    {
        moment.Exchange.Outcome = RequestOutcome.Faulted;
        await moment.Exchange.Http.Response.StartAsync(moment.Exchange.Gone);
        return true;
    }

    public async ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        exchange.Outcome = RequestOutcome.Faulted;
        exchange.Http.Response.ContentLength = 0;
        await exchange.Http.Response.CompleteAsync();
        return true;
    }
}
