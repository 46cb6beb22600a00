namespace GroqKit.AheadOfTime;

/// <summary>What the model answers with.</summary>
internal sealed record City(string Name, int Inhabitants, IReadOnlyList<string> Sights);
