using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Screening;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What is done with the words of a call, decided once for each route.</summary>
/// <param name="Data">Mask, refuse or off.</param>
/// <param name="MaskAnswers">Whether answers are masked too.</param>
/// <param name="KeepDays">For how many days request and answer are kept; 0: not at all.</param>
/// <param name="Screening">Who looks at the input; null where nobody does.</param>
internal sealed record CallGuard(string Data, bool MaskAnswers, int KeepDays, AgentScreening? Screening)
{
    public bool Masks => Data == PrivacyModes.Mask;

    public bool Refuses => Data == PrivacyModes.Refuse;

    /// <param name="agent">The agent that was called; null when none was.</param>
    /// <param name="usual">What holds where the agent says nothing.</param>
    /// <returns>Null where nothing is to be done.</returns>
    public static CallGuard? Of(Agent? agent, string usual)
    {
        AgentPrivacy privacy = agent?.Privacy ?? AgentPrivacy.None;
        string data = privacy.Data ?? usual;
        bool idle =
            data is PrivacyModes.Off or PrivacyModes.Consented
            && !privacy.MaskAnswers
            && privacy.KeepDays == 0
            && agent?.Screening is null;
        return idle ? null : new CallGuard(data, privacy.MaskAnswers, privacy.KeepDays, agent?.Screening);
    }
}
