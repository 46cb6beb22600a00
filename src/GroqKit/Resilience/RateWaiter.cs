namespace GroqKit.Resilience;

/// <summary>A call that waits at the gate.</summary>
internal sealed class RateWaiter(RateAmounts asked, double deadline)
    : TaskCompletionSource<RateAdmission>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public RateAmounts Asked => asked;

    /// <summary>Seconds of the gate's clock; what cannot be admitted until then is refused.</summary>
    public double Deadline => deadline;
}
