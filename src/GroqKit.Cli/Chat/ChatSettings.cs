using GroqKit.Chat;

namespace GroqKit.Cli.Chat;

/// <summary>How a model is asked, whatever it is asked.</summary>
internal sealed record ChatSettings
{
    public required string Model { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public string? Reasoning { get; init; }

    public ResponseFormat? Format { get; init; }

    public bool IsWithoutTools { get; init; }

    public ChatRequest Ask(IReadOnlyList<ChatMessage> messages) =>
        new()
        {
            Model = Model,
            Messages = messages,
            Temperature = Temperature,
            MaxCompletionTokens = MaxTokens,
            ReasoningEffort = Reasoning is { } effort ? new ReasoningEffort(effort) : default(ReasoningEffort?),
            ResponseFormat = Format,
            ToolChoice = IsWithoutTools ? ToolChoice.None : default(ToolChoice?),
        };
}
