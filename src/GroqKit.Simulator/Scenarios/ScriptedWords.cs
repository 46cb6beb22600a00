namespace GroqKit.Simulator.Scenarios;

/// <summary>What a scenario makes the model say. It takes the same way as a made-up answer: whole, streamed, counted and cut at the same places.</summary>
internal sealed record ScriptedWords(
    string? Text,
    string? Reasoning,
    IReadOnlyList<ScriptedCall> Calls,
    string? FinishReason
);
