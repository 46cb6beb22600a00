namespace GroqKit.Simulator.Batches;

/// <summary>Why a batch's input file cannot be used; lines count from 1.</summary>
internal sealed record BatchMistake(string Code, string Message, string? Param, int Line);
