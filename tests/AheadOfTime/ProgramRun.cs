namespace GroqKit.AheadOfTime;

/// <summary>What a program left behind.</summary>
internal sealed record ProgramRun(int Code, string Output, TimeSpan Took);
