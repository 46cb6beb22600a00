using System.Globalization;
using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Screening;

/// <summary>What a guard model made of an input.</summary>
/// <param name="Rule">What it was asked by.</param>
/// <param name="Score">How sure it is that this is an attack, 0 to 1; null when it couldn't be asked.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScreeningVerdict(AgentScreening Rule, double? Score)
{
    public bool IsBad => Score >= Rule.Threshold;

    /// <summary>For people and accounts: <c>flag 0.98 by MODEL</c>.</summary>
    public override string ToString() =>
        Score is not { } score
            ? $"unavailable by {Rule.Model}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(IsBad ? Rule.Action : "pass")} {score:0.###} by {Rule.Model}"
            );
}
