using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using GroqKit.Extensions.AI;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Speech;

/// <summary>
/// Speech to text over a chain of providers. The recording is kept in memory until one has served. Answers carry their
/// <see cref="FallbackTrace"/> among their additional properties. Safe for all threads.
/// </summary>
[Experimental("MEAI001")]
public sealed class FallbackSpeechToTextClient : ISpeechToTextClient
{
    private readonly FallbackRunner _runner;
    private readonly FallbackChain _chain;
    private readonly FallbackOptions _options;

    internal FallbackSpeechToTextClient(FallbackRunner runner, FallbackChain chain, FallbackOptions options)
    {
        _runner = runner;
        _chain = chain;
        _options = options;
    }

    /// <inheritdoc/>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetTextAsync(audioSpeechStream, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="audio">The recording, read from its position; not closed.</param>
    /// <param name="options">The options; the chain chooses the model.</param>
    /// <param name="trace">Takes the steps.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FallbackException">Nobody could serve, or the caller's request is wrong.</exception>
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audio,
        SpeechToTextOptions? options,
        FallbackTrace trace,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(audio);
        ArgumentNullException.ThrowIfNull(trace);
        RecordedAudio recording = await RecordedAudio.ReadAsync(audio, cancellationToken).ConfigureAwait(false);
        var job = new WholeTranscriptJob(recording, options);
        return await _runner.RunWholeAsync(job, _chain, _options, trace, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="FallbackException">Nobody could serve, or the transcript broke off.</exception>
    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    ) => GetStreamingTextAsync(audioSpeechStream, options, new FallbackTrace(), cancellationToken);

    /// <summary>The same, with a trace that the caller holds whatever happens.</summary>
    /// <param name="audio">The recording, read from its position; not closed.</param>
    /// <param name="options">The options; the chain chooses the model.</param>
    /// <param name="trace">Takes the steps.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FallbackException">Nobody could serve, or the transcript broke off.</exception>
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audio,
        SpeechToTextOptions? options,
        FallbackTrace trace,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(audio);
        ArgumentNullException.ThrowIfNull(trace);
        RecordedAudio recording = await RecordedAudio.ReadAsync(audio, cancellationToken).ConfigureAwait(false);
        var job = new TranscriptJob(recording, options);
        await foreach (
            SpeechToTextResponseUpdate update in _runner
                .RunAsync(job, _chain, _options, trace, cancellationToken)
                .ConfigureAwait(false)
        )
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this);

    /// <summary>Does nothing: providers are shared.</summary>
    public void Dispose() { }
}
