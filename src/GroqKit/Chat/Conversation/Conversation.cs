using System.Collections.Immutable;

namespace GroqKit.Chat;

/// <summary>
/// What has been said so far. Every change makes a new conversation and leaves the old one as it was, so that one may be shared, branched and gone back
/// to. Safe for all threads.
/// </summary>
public sealed class Conversation
{
    private readonly ImmutableList<ChatMessage> _messages;

    private Conversation(ImmutableList<ChatMessage> messages) => _messages = messages;

    /// <summary>Nothing has been said.</summary>
    public static Conversation Empty { get; } = new([]);

    /// <summary>Everything that has been said, in order.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>Begins with instructions to the model, which stay however long the conversation becomes.</summary>
    /// <param name="instructions">The system prompt.</param>
    public static Conversation Start(string instructions) => Empty.Add(ChatMessage.System(instructions));

    /// <summary>Adds what the user says.</summary>
    /// <param name="text">The text.</param>
    public Conversation User(string text) => Add(ChatMessage.User(text));

    /// <summary>Adds what the user says and shows.</summary>
    /// <param name="parts">Text, images and documents.</param>
    public Conversation User(params ContentPart[] parts) => Add(ChatMessage.User(parts));

    /// <summary>Adds messages.</summary>
    /// <param name="messages">The messages, in order.</param>
    public Conversation Add(params IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ImmutableList<ChatMessage> all = _messages.AddRange(messages);
        return all.Contains(null!)
            ? throw new ArgumentException("A message must not be null.", nameof(messages))
            : new Conversation(all);
    }

    /// <summary>Adds the model's answer as far as a request may hold it: what only an answer has is left out.</summary>
    /// <param name="completion">The answer; without a choice nothing is added.</param>
    /// <param name="includeReasoning">Whether the model shall see its thinking again. Default false.</param>
    public Conversation Add(ChatCompletion completion, bool includeReasoning = false)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return completion.Message is { } message ? Add(message.ToMessage(includeReasoning)) : this;
    }

    /// <summary>Adds all that a run of tools has added: calls, results and the answer.</summary>
    /// <param name="run">A run whose request ended with this conversation, whole or as it fits.</param>
    public Conversation Add(ToolRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Add(run.NewMessages);
    }

    /// <summary>
    /// The most that a model can be sent. Instructions (system and developer messages) always stay; the oldest turns go first, each as a whole; of
    /// the last turn the oldest tool calls go, each together with its results, but never what the user asked and what came last.
    /// </summary>
    /// <param name="model">A model that the catalogue knows; for another, use a <see cref="ContextBudget"/>.</param>
    /// <exception cref="GroqValidationException">The catalogue does not know the model's window.</exception>
    /// <exception cref="GroqContextLengthException">What has to stay does not fit. Nothing is sent.</exception>
    public ConversationWindow Fit(string model) => Fit(ContextBudget.For(model));

    /// <inheritdoc cref="Fit(string)"/>
    /// <param name="budget">How much fits, and how it is counted.</param>
    public ConversationWindow Fit(ContextBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        budget.Check();
        return new ConversationFit(_messages, budget).Run();
    }
}
