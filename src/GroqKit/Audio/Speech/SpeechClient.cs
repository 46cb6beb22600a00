using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Text to speech. Safe for all threads.</summary>
public sealed class SpeechClient
{
    private readonly GroqHttp _http;
    private readonly Uri _speech;

    internal SpeechClient(GroqHttp http)
    {
        _http = http;
        _speech = http.Resolve("openai/v1/audio/speech");
    }

    /// <summary>Speaks a text of any length and gives it whole.</summary>
    /// <param name="request">What to say and how.</param>
    /// <param name="options">What the call of each piece does differently.</param>
    /// <param name="cancellationToken">Ends all calls.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqSpeechException">A piece of several failed; the exception holds what was spoken before it.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<SpeechAudio> CreateAsync(
        SpeechRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        new WholeSpeech(_http, _speech, SpeechPlan.For(request, firstSentenceAlone: false)).RunAsync(
            options,
            cancellationToken
        );

    /// <summary>
    /// Speaks a text of any length and gives its sound as it comes. Returns once the first piece's headers are there; the first sentence of a long text is a
    /// piece of its own, so that it is heard sooner.
    /// </summary>
    /// <param name="request">What to say and how.</param>
    /// <param name="options">What the call of each piece does differently.</param>
    /// <param name="cancellationToken">Ends the calls and the stream.</param>
    /// <returns>The stream, to be read once, or disposed of.</returns>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqSpeechException">The first piece of several failed.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<SpeechStream> StreamAsync(
        SpeechRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        SpeechStream.OpenAsync(
            _http,
            _speech,
            SpeechPlan.For(request, firstSentenceAlone: true),
            options,
            cancellationToken
        );
}
