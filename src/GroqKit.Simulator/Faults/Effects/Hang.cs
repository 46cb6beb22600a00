using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class Hang : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new("hang", "accepts the request and never answers", [], _ => new Hang());

    public async ValueTask<bool> BeforeAnswerAsync(Exchange exchange)
    {
        await exchange.WaitAsync(length: null);
        return true;
    }
}
