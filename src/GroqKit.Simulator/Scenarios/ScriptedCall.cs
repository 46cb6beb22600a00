namespace GroqKit.Simulator.Scenarios;

/// <summary>A call that a scenario makes; the arguments are text, JSON or not.</summary>
internal sealed record ScriptedCall(string Name, string Arguments, string? Id);
