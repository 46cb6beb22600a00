namespace GroqKit.Simulator.Chat.Answers;

/// <summary>Tokens by the simulator's own rule. <paramref name="Completion"/> includes <paramref name="Reasoning"/>, as at Groq.</summary>
internal readonly record struct TokenCounts(int Prompt, int Completion, int Reasoning)
{
    public int Total => Prompt + Completion;
}
