using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class Malformed(int after) : IFaultEffect
{
    private bool _happened;

    public static FaultDefinition Definition { get; } =
        new(
            "malformed",
            "sends one frame that breaks off inside its JSON, then goes on; without streaming the body ends in the middle",
            [FaultParameter.After],
            arguments => new Malformed(arguments[FaultParameter.After.Name])
        );

    public async ValueTask<bool> BeforeFrameAsync(StreamMoment moment)
    {
        if (_happened || !moment.IsDue(after))
            return false;
        _happened = true;
        moment.Exchange.Outcome = RequestOutcome.Faulted;
        await moment.Stream.WriteBrokenAsync();
        return false;
    }

    public async ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        exchange.Outcome = RequestOutcome.Faulted;
        bool isLengthSent = exchange.Http.Response.HasStarted;
        if (!isLengthSent)
            exchange.Http.Response.ContentLength = body.Length / 2;
        await exchange.Http.Response.BodyWriter.WriteAsync(body[..(body.Length / 2)], exchange.Gone);
        if (isLengthSent)
            exchange.Drop();
        else
            await exchange.Http.Response.CompleteAsync();
        return true;
    }
}
