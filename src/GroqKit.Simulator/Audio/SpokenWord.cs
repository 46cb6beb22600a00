namespace GroqKit.Simulator.Audio;

/// <summary>A word and when it is said, in seconds.</summary>
internal readonly record struct SpokenWord(string Text, double Start, double End)
{
    /// <summary>Words behind it belong to another sentence.</summary>
    public bool EndsSentence => Text.TrimEnd('"', '\'', ')', '”') is [.., '.' or '!' or '?' or '…' or '؟'];
}
