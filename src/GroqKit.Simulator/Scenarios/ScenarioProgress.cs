namespace GroqKit.Simulator.Scenarios;

/// <summary>How far a scenario has come.</summary>
/// <param name="Name">Its name, or its place in the script when it has none.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Met">How many requests it has met.</param>
/// <param name="IsOver">Whether it meets no more.</param>
public sealed record ScenarioProgress(string Name, int Steps, int Met, bool IsOver);
