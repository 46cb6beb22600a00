using System.Text.Json;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>
/// Estimates tokens without a model's vocabulary, rather too many than too few: 3 tokens for 10 ASCII letters and blanks (English takes about 2.4), 1 for
/// every digit, sign and other UTF-16 unit, 2,048 for an image, 4 for a message and 8 for a tool call around their texts. Safe for all threads.
/// </summary>
public sealed class TokenEstimate : ITokenCounter
{
    private const int PerMessage = 4;
    private const int PerCall = 8;

    // What Groq's vision page names as the most for one image.
    private const int PerImage = 2048;

    private TokenEstimate() { }

    /// <summary>The estimate.</summary>
    public static TokenEstimate Default { get; } = new();

    /// <inheritdoc/>
    public int Count(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        int tokens = PerMessage + Count(message.Name) + Count(message.Reasoning) + Count(message.Content?.Text);
        foreach (ContentPart part in message.Content?.Parts ?? [])
        {
            tokens += Count(part.Text);
            if (part.ImageUrl is not null)
                tokens += PerImage;
            if (part.Document is { Data.ValueKind: not JsonValueKind.Undefined } document)
                tokens += Count(document.Data.GetRawText());
        }
        foreach (ToolCall call in message.ToolCalls ?? [])
            tokens += PerCall + Count(call.Function.Name) + Count(call.Function.Arguments);
        if (message.FunctionCall is { } function)
            tokens += PerCall + Count(function.Name) + Count(function.Arguments);
        return tokens;
    }

    /// <summary>Estimates a text.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    public static int Count(string? text)
    {
        int plain = 0;
        foreach (char unit in text ?? "")
        {
            if (char.IsAsciiLetter(unit) || unit is ' ' or '\n' or '\r' or '\t')
                plain++;
        }
        // In long, since 3 times the longest string is more than an int can hold.
        return (int)(((long)plain * 3 + 9) / 10) + (text?.Length ?? 0) - plain;
    }

    /// <summary>Estimates the definitions of tools, which take room in every request: see <see cref="ContextBudget.OverheadTokens"/>.</summary>
    /// <param name="tools">The tools.</param>
    public static int Count(IEnumerable<ChatTool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return tools.Sum(tool => Count(JsonSerializer.Serialize(tool, GroqJson.Context.ChatTool)));
    }
}
