using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class Stall(int after, TimeSpan? length) : IFaultEffect
{
    private bool _happened;

    public static FaultDefinition Definition { get; } =
        new(
            "stall",
            "stops in the middle and keeps the connection open; without streaming after half the body",
            [
                FaultParameter.After,
                FaultParameter.Milliseconds("how long it stands still before it goes on; left out: for ever", null),
            ],
            arguments => new Stall(arguments[FaultParameter.After.Name], arguments.Milliseconds)
        );

    public async ValueTask<bool> BeforeFrameAsync(StreamMoment moment)
    {
        if (_happened || !moment.IsDue(after))
            return false;
        _happened = true;
        moment.Exchange.Outcome = RequestOutcome.Faulted;
        await moment.Stream.FlushAsync();
        return !await moment.Exchange.WaitAsync(length);
    }

    public async ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        exchange.Outcome = RequestOutcome.Faulted;
        await exchange.Http.Response.BodyWriter.WriteAsync(body[..(body.Length / 2)], exchange.Gone);
        if (!await exchange.WaitAsync(length))
            return true;
        await exchange.Http.Response.BodyWriter.WriteAsync(body[(body.Length / 2)..], exchange.Gone);
        await exchange.Http.Response.CompleteAsync();
        return true;
    }
}
