using GroqKit.Chat;

namespace GroqKit.Resilience;

/// <summary>Guesses how many tokens a chat's request has. The gate learns by how much the guess is wrong on average.</summary>
internal static class ChatSize
{
    private const double LettersPerToken = 4;
    private const double TokensPerImage = 1024;

    public static RateAmounts Estimate(ChatRequest request)
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
        return new RateAmounts(1, letters / LettersPerToken + images * TokensPerImage, 0);
    }
}
