using System.Runtime.InteropServices;

namespace GroqKit.Resilience;

/// <summary>An amount of everything that rate limits count.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RateAmounts(double Requests, double Tokens, double AudioSeconds)
{
    public double Of(RateUnit unit) =>
        unit switch
        {
            RateUnit.Requests => Requests,
            RateUnit.Tokens => Tokens,
            _ => AudioSeconds,
        };

    public static RateAmounts operator +(RateAmounts left, RateAmounts right) =>
        new(left.Requests + right.Requests, left.Tokens + right.Tokens, left.AudioSeconds + right.AudioSeconds);

    public static RateAmounts operator -(RateAmounts left, RateAmounts right) =>
        new(left.Requests - right.Requests, left.Tokens - right.Tokens, left.AudioSeconds - right.AudioSeconds);
}
