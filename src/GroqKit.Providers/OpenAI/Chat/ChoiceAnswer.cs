namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>One of the answers.</summary>
internal sealed record ChoiceAnswer
{
    public int Index { get; init; }

    public MessageAnswer? Message { get; init; }

    public MessageAnswer? Delta { get; init; }

    public string? FinishReason { get; init; }
}
