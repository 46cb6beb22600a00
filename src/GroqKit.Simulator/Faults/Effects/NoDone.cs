using GroqKit.Simulator.Requests;

namespace GroqKit.Simulator.Faults.Effects;

internal sealed class NoDone : IFaultEffect
{
    public static FaultDefinition Definition { get; } =
        new(
            "no-done",
            "ends a stream properly but without [DONE]; without streaming it does nothing",
            [],
            _ => new NoDone()
        );

    public ValueTask<bool> BeforeFrameAsync(StreamMoment moment)
    {
        if (moment.Next is not FrameKind.Done)
            return ValueTask.FromResult(false);
        moment.Exchange.Outcome = RequestOutcome.Faulted;
        return ValueTask.FromResult(true);
    }
}
