using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class Reset : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new("reset", "resets the connection before it sends anything", [], _ => new Reset());

    public ValueTask<bool> BeforeAnswerAsync(Exchange exchange)
    {
        exchange.Drop();
        return ValueTask.FromResult(true);
    }
}
