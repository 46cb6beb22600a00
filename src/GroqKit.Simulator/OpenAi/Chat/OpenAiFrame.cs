using GroqKit.Simulator.Chat.Answers;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>What every object of one completion repeats, and its answers.</summary>
internal sealed record OpenAiFrame(
    string Id,
    long Created,
    string Model,
    string Fingerprint,
    IReadOnlyList<ChatAnswer> Answers,
    bool IncludesUsage,
    bool Obfuscates
)
{
    public TokenCounts Tokens =>
        new(
            Answers[0].Tokens.Prompt,
            Answers.Sum(answer => answer.Tokens.Completion),
            Answers.Sum(answer => answer.Tokens.Reasoning)
        );
}
