using GroqKit.Chat;
using GroqKit.Responses;

namespace GroqKit.Resilience;

/// <summary>Guesses how many tokens a request has. The gate learns by how much the guess is wrong on average.</summary>
internal static class RequestSize
{
    private const double LettersPerToken = 4;
    private const double TokensPerImage = 1024;

    /// <summary>Of a call of which only the number is limited, or whose size is not known.</summary>
    public static RateAmounts One { get; } = new(1, 0, 0);

    public static RateAmounts Of(ChatRequest request)
    {
        long letters = 0;
        int images = 0;
        IReadOnlyList<ChatMessage> messages = request.Messages;
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Content is not { } content)
                continue;
            letters += content.Text?.Length ?? 0;
            if (content.Parts is not { } parts)
                continue;
            foreach (ContentPart part in parts)
            {
                letters += part.Text?.Length ?? 0;
                images += part.ImageUrl is null ? 0 : 1;
            }
        }
        return Amounts(letters, images);
    }

    public static RateAmounts Of(ResponseRequest request)
    {
        long letters = (request.Instructions?.Length ?? 0) + (request.Input.Text?.Length ?? 0);
        int images = 0;
        foreach (ResponseItem item in request.Input.Items ?? [])
        {
            letters += (item.Arguments?.Length ?? 0) + (item.Output?.Length ?? 0) + (item.Content?.Text?.Length ?? 0);
            foreach (ResponsePart part in item.Content?.Parts ?? [])
            {
                letters += part.Text?.Length ?? 0;
                images += part.ImageUrl is null ? 0 : 1;
            }
        }
        return Amounts(letters, images);
    }

    public static RateAmounts Of(TextInput input) =>
        Amounts((input.Text?.Length ?? 0) + (input.Texts?.Sum(static text => (long)text.Length) ?? 0), images: 0);

    public static RateAmounts Of(string text) => Amounts(text.Length, images: 0);

    private static RateAmounts Amounts(long letters, int images) =>
        new(1, letters / LettersPerToken + images * TokensPerImage, 0);
}
