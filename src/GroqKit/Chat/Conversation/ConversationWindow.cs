namespace GroqKit.Chat;

/// <summary>The part of a conversation that a model can be sent.</summary>
public sealed record ConversationWindow
{
    /// <summary>What fits, in order.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <summary>What was left out, in order; empty when everything fits.</summary>
    public required IReadOnlyList<ChatMessage> Dropped { get; init; }

    /// <summary>Tokens of what fits, as the budget's counter sees them.</summary>
    public required int Tokens { get; init; }
}
