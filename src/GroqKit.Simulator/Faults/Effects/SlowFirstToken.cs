using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class SlowFirstToken(TimeSpan? delay) : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new(
            "slow-first-token",
            "sends headers and the role at once, then waits before the first content; without streaming the body is late",
            [FaultParameter.Milliseconds("how long it waits", 1_000)],
            arguments => new SlowFirstToken(arguments.Milliseconds)
        );

    public async ValueTask<bool> BeforeFrameAsync(StreamMoment moment)
    {
        bool isFirst = moment is { Next: FrameKind.Content, ContentSent: 0 };
        if (!isFirst)
            return false;
        await moment.Stream.FlushAsync();
        return !await moment.Exchange.WaitAsync(delay);
    }

    public async ValueTask<bool> BeforeBodyAsync(Exchange exchange, ReadOnlyMemory<byte> body)
    {
        await exchange.Http.Response.StartAsync(exchange.Gone);
        return !await exchange.WaitAsync(delay);
    }
}
