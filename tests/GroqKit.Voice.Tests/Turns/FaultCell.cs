namespace GroqKit.Voice.Tests.Turns;

/// <summary>One thing that can go wrong in a turn.</summary>
/// <param name="Stage">Where.</param>
/// <param name="What">What, as people call it.</param>
/// <param name="IsAfter">Whether something came of the stage before.</param>
/// <param name="Fault">What it is on the line, see <see cref="FaultyLine"/>.</param>
/// <param name="MeetsNextCall">
/// Whether it can meet nothing but the beginning of a call: then something came of an earlier one, which broke off where the stage is one call.
/// </param>
internal sealed record FaultCell(VoiceStage Stage, string What, bool IsAfter, string Fault, bool MeetsNextCall)
{
    public override string ToString() => $"{Stage}: {What} {(IsAfter ? "after" : "before")} the first output ({Fault})";
}
