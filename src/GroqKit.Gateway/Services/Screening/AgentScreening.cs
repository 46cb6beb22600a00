namespace GroqKit.Gateway.Services.Screening;

/// <summary>How an agent's input is looked at before a model reads it.</summary>
/// <param name="Model">One of Groq's guard models.</param>
/// <param name="Action">One of <see cref="ScreeningActions"/>.</param>
/// <param name="Threshold">From which score on input counts as an attack, 0 to 1.</param>
internal sealed record AgentScreening(string Model, string Action, double Threshold)
{
    public const double DefaultThreshold = 0.5;
}
