namespace GroqKit.Simulator.Chat.Requests;

/// <summary>One message: its text parts joined by new lines, how many pictures it holds, and the tokens of everything else in it.</summary>
internal sealed record ChatMessage(string Role, string Text, int Images, int OtherTokens)
{
    /// <summary>A tool's answer, in the current or the deprecated form.</summary>
    public bool IsToolResult => Role is "tool" or "function";
}
