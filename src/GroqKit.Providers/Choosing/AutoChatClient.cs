using GroqKit.Extensions.AI;
using GroqKit.Providers.Fallback;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Choosing;

/// <summary>
/// Chat with the model that fits each request: chooses, then asks in the order of the choice. Answers carry their <see cref="FallbackTrace"/>,
/// whose first step tells the reason. Safe for all threads.
/// </summary>
public sealed class AutoChatClient : IChatClient
{
    private readonly FallbackEngine _engine;
    private readonly ModelChooser _chooser;
    private readonly ChoiceGoals? _goals;
    private readonly FallbackOptions? _options;
    private readonly TimeProvider _time;

    internal AutoChatClient(
        FallbackEngine engine,
        ModelChooser chooser,
        ChoiceGoals? goals,
        FallbackOptions? options,
        TimeProvider time
    )
    {
        _engine = engine;
        _chooser = chooser;
        _goals = goals;
        _options = options;
        _time = time;
    }

    /// <inheritdoc/>
    /// <exception cref="ProviderException">No candidate can do what is needed.</exception>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetResponseAsync(messages, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The options; the model is chosen for them.</param>
    /// <param name="trace">Takes the steps; its first step tells the reason for the choice.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProviderException">No candidate can do what is needed.</exception>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        FallbackTrace trace,
        CancellationToken cancellationToken = default
    )
    {
        IList<ChatMessage> list = ListOf(messages);
        return Choose(list, options).GetResponseAsync(list, Unnamed(options), trace, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ProviderException">No candidate can do what is needed.</exception>
    /// <exception cref="FallbackException">Nobody could serve, or an answer broke and nobody could go on.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingResponseAsync(messages, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The options; the model is chosen for them.</param>
    /// <param name="trace">Takes the steps; its first step tells the reason for the choice.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProviderException">No candidate can do what is needed.</exception>
    /// <exception cref="FallbackException">Nobody could serve, or an answer broke and nobody could go on.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        FallbackTrace trace,
        CancellationToken cancellationToken = default
    )
    {
        IList<ChatMessage> list = ListOf(messages);
        return Choose(list, options).GetStreamingResponseAsync(list, Unnamed(options), trace, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, new ChatClientMetadata(null, null, ModelChoice.ModelName));

    /// <summary>Does nothing: providers are shared.</summary>
    public void Dispose() { }

    private Fallback.Chat.FallbackChatClient Choose(IList<ChatMessage> messages, ChatOptions? options)
    {
        DateOnly today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        ModelChoice choice = _chooser.Choose(RequestTraits.Of(messages, options), today, _goals);
        if (choice.Ranking.Count == 0)
            throw new ProviderException(ProviderFailure.ModelUnavailable, $"auto: {choice.Reason}.");
        FallbackTarget[] chain = [.. choice.Ranking];
        chain[0] = chain[0] with { Choice = $"auto: {choice.Reason}" };
        return _engine.CreateChatClient(chain, _options);
    }

    // The word auto is no model's name.
    private static ChatOptions? Unnamed(ChatOptions? options)
    {
        if (options?.ModelId is null)
            return options;
        ChatOptions own = options.Clone();
        own.ModelId = null;
        return own;
    }

    private static IList<ChatMessage> ListOf(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages as IList<ChatMessage> ?? [.. messages];
    }
}
