using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class SlowHeaders(TimeSpan? delay) : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new(
            "slow-headers",
            "waits before it sends anything, then answers normally",
            [FaultParameter.Milliseconds("how long it waits", 1_000)],
            arguments => new SlowHeaders(arguments.Milliseconds)
        );

    public async ValueTask<bool> BeforeAnswerAsync(Exchange exchange) => !await exchange.WaitAsync(delay);
}
