namespace GroqKit.Chat;

/// <summary>Tells how many tokens a message takes of a model's context. Implementations must be safe for all threads.</summary>
public interface ITokenCounter
{
    /// <summary>Tokens of one message, its overhead included; not negative.</summary>
    /// <param name="message">The message.</param>
    int Count(ChatMessage message);
}
