using GroqKit.Extensions.AI;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>
/// Chat over a chain of providers: whoever works first serves. Answers carry their <see cref="FallbackTrace"/> among their additional
/// properties, under <see cref="FallbackTrace.PropertyName"/>. Safe for all threads.
/// </summary>
public sealed class FallbackChatClient : IChatClient
{
    private readonly FallbackRunner _runner;
    private readonly FallbackChain _chain;
    private readonly FallbackOptions _options;

    internal FallbackChatClient(FallbackRunner runner, FallbackChain chain, FallbackOptions options)
    {
        _runner = runner;
        _chain = chain;
        _options = options;
    }

    /// <inheritdoc/>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetResponseAsync(messages, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The options; the chain chooses the model.</param>
    /// <param name="trace">Takes the steps.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        FallbackTrace trace,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(trace);
        var job = new WholeChatJob(ChatRequest.Of(messages, options));
        return _runner.RunWholeAsync(job, _chain, _options, trace, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="FallbackException">Nobody could serve, or an answer broke and nobody could go on.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingResponseAsync(messages, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The options; the chain chooses the model.</param>
    /// <param name="trace">Takes the steps.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FallbackException">Nobody could serve, or an answer broke and nobody could go on.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        FallbackTrace trace,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(trace);
        var job = new StreamedChatJob(ChatRequest.Of(messages, options), Continuation.IsPossible);
        return _runner.RunAsync(job, _chain, _options, trace, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(
            serviceType,
            serviceKey,
            this,
            new ChatClientMetadata(_chain.Targets[0].Provider.Name, null, _chain.Targets[0].Model)
        );

    /// <summary>Does nothing: providers are shared.</summary>
    public void Dispose() { }
}
