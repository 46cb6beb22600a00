using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>Answers with an error instead of the real answer.</summary>
internal sealed class StatusFault(ApiError error) : IFaultEffect
{
    public ApiError Error => error;

    public async ValueTask<bool> BeforeAnswerAsync(Exchange exchange)
    {
        exchange.Outcome = RequestOutcome.Faulted;
        await exchange.SendErrorAsync(error);
        return true;
    }
}
