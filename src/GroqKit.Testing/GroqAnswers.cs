using GroqKit.Chat;

namespace GroqKit.Testing;

/// <summary>Answers as objects, for code that takes them instead of a client. Change a copy with a <c>with</c> expression.</summary>
public static class GroqAnswers
{
    /// <summary>A whole chat answer.</summary>
    /// <param name="text">What the model says; null when it only calls tools.</param>
    /// <param name="reasoning">What it thought; null: nothing.</param>
    /// <param name="model">The model that answers.</param>
    /// <param name="toolCalls">What it calls.</param>
    public static ChatCompletion Chat(
        string? text,
        string? reasoning = null,
        string model = GroqBodies.Model,
        params ToolCall[] toolCalls
    ) =>
        new()
        {
            Id = "chatcmpl-test",
            Created = 1_790_000_000,
            Model = model,
            Choices =
            [
                new ChatChoice
                {
                    Message = new AssistantMessage
                    {
                        Content = text,
                        Reasoning = reasoning,
                        ToolCalls = toolCalls is { Length: > 0 } ? toolCalls : null,
                    },
                    FinishReason = toolCalls is { Length: > 0 } ? FinishReason.ToolCalls : FinishReason.Stop,
                },
            ],
            Usage = Usage(20, 10),
        };

    /// <summary>A chunk of a stream.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="reasoning">Its thinking.</param>
    /// <param name="finishReason">Why the answer ended; null while it has not.</param>
    public static ChatChunk Chunk(string? text, string? reasoning = null, FinishReason? finishReason = null) =>
        new()
        {
            Id = "chatcmpl-test",
            Created = 1_790_000_000,
            Model = GroqBodies.Model,
            Choices =
            [
                new ChatChunkChoice
                {
                    Delta = new ChatDelta { Content = text, Reasoning = reasoning },
                    FinishReason = finishReason,
                },
            ],
        };

    /// <summary>Tokens of a call.</summary>
    /// <param name="prompt">Tokens read.</param>
    /// <param name="completion">Tokens written.</param>
    public static ChatUsage Usage(int prompt, int completion) =>
        new()
        {
            PromptTokens = prompt,
            CompletionTokens = completion,
            TotalTokens = prompt + completion,
        };
}
