namespace GroqKit.Simulator.Scenarios;

/// <summary>What follows the last step of a scenario.</summary>
internal enum ScenarioEnd
{
    /// <summary>Requests are answered as if there were no scenario.</summary>
    Usual,

    /// <summary>The last step again and again.</summary>
    Repeat,

    /// <summary>The first step again.</summary>
    Loop,
}
