namespace GroqKit.Simulator.Scenarios;

/// <summary>A sequence of answers, and the requests that it is for.</summary>
internal sealed record Scenario(
    string Name,
    string? Path,
    string? Model,
    string? Contains,
    IReadOnlyList<ScenarioStep> Steps,
    ScenarioEnd End
)
{
    public bool Fits(string path, string? model, string body) =>
        Model == model
        && (Path is null || path.EndsWith(Path, StringComparison.Ordinal))
        && (Contains is null || body.Contains(Contains, StringComparison.OrdinalIgnoreCase));

    /// <summary>The step for the request that is met as number <paramref name="index"/>; null when the scenario is over.</summary>
    public ScenarioStep? Step(int index)
    {
        if (index < Steps.Count)
            return Steps[index];
        return End switch
        {
            ScenarioEnd.Repeat => Steps[^1],
            ScenarioEnd.Loop => Steps[index % Steps.Count],
            _ => null,
        };
    }
}
