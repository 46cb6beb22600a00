using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class Cut(int after) : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new(
            "cut",
            "resets the connection in the middle; without streaming after half the body",
            [FaultParameter.After],
            arguments => new Cut(arguments[FaultParameter.After.Name])
        );

    public async ValueTask<bool> BeforeFrameAsync(StreamMoment moment)
    {
        if (!moment.IsDue(after))
            return false;
        await moment.Stream.FlushAsync();
        moment.Exchange.Drop();
        return true;
    }

    public async ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        await exchange.Http.Response.BodyWriter.WriteAsync(body[..(body.Length / 2)], exchange.Gone);
        exchange.Drop();
        return true;
    }
}
