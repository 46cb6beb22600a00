using GroqKit.Simulator.Faults;

namespace GroqKit.Simulator.Scenarios;

/// <summary>What happens to one request: faults, and with or without them words, a fixed reply, or the usual answer.</summary>
internal sealed record ScenarioStep(IReadOnlyList<ArmedFault> Faults, ScriptedWords? Words, ScriptedReply? Reply);
