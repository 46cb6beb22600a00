namespace GroqKit.Gateway.Tests.Faults;

/// <summary>One fault, met in one way.</summary>
/// <param name="Number">The number of the fault, 1 to 16.</param>
/// <param name="Title">The fault in words.</param>
/// <param name="First">What the first provider does, in the simulator's words.</param>
/// <param name="Expected">
/// What the caller has to get: <c>second</c> or <c>first</c> for that provider's whole answer, <c>joint</c> for one of both, <c>restart</c> for a
/// second one that is announced, else the code or status of the one error.
/// </param>
/// <param name="Streamed">Whether the caller asks for a stream.</param>
internal sealed record FaultCell(int Number, string Title, string First, string Expected, bool Streamed)
{
    /// <summary>How often the fault happens; null for ever.</summary>
    public int? Times { get; init; }

    /// <summary>What the second provider does; null when it works.</summary>
    public string? Second { get; init; }

    /// <summary>The header <c>x-groqkit-on-break</c>; null for the default.</summary>
    public string? OnBreak { get; init; }

    public string Way => (Streamed ? "streamed" : "whole") + (OnBreak is null ? "" : ", " + OnBreak);

    public string Name => $"{Number} {Title} ({Way})";
}
