using System.Diagnostics.CodeAnalysis;
using GroqKit.Extensions.AI;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>
/// Text to speech over a chain of providers. No sound at all and nothing but silence count as failures. Answers carry their
/// <see cref="FallbackTrace"/> among their additional properties. Safe for all threads.
/// </summary>
[Experimental("MEAI001")]
public sealed class FallbackTextToSpeechClient : ITextToSpeechClient
{
    private readonly FallbackRunner _runner;
    private readonly FallbackChain _chain;
    private readonly FallbackOptions _options;

    internal FallbackTextToSpeechClient(FallbackRunner runner, FallbackChain chain, FallbackOptions options)
    {
        _runner = runner;
        _chain = chain;
        _options = options;
    }

    /// <inheritdoc/>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetAudioAsync(text, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="text">What to say.</param>
    /// <param name="options">The options; the chain chooses the model.</param>
    /// <param name="trace">Takes the steps.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options,
        FallbackTrace trace,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(trace);
        return _runner.RunWholeAsync(new WholeSpeechJob(text, options), _chain, _options, trace, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="FallbackException">Nobody could serve, or the sound broke off.</exception>
    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingAudioAsync(text, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="text">What to say.</param>
    /// <param name="options">The options; the chain chooses the model.</param>
    /// <param name="trace">Takes the steps.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FallbackException">Nobody could serve, or the sound broke off.</exception>
    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options,
        FallbackTrace trace,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(trace);
        return _runner.RunAsync(new SpeechJob(text, options), _chain, _options, trace, cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this);

    /// <summary>Does nothing: providers are shared.</summary>
    public void Dispose() { }
}
