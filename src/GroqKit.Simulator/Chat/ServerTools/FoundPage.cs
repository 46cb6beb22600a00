namespace GroqKit.Simulator.Chat.ServerTools;

/// <summary>A page that a search found or a browser opened.</summary>
internal sealed record FoundPage(string Title, string Url, string Content, double Score);
