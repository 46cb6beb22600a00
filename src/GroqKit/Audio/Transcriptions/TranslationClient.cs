using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Speech of any language to English text. Safe for all threads.</summary>
public sealed class TranslationClient
{
    private readonly SpeechToTextCall _call;

    internal TranslationClient(GroqHttp http) =>
        _call = new SpeechToTextCall(http, http.Resolve("openai/v1/audio/translations"));

    /// <summary>Writes a recording down in English.</summary>
    /// <param name="request">The recording and how to hear it.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<Transcription> CreateAsync(
        TranslationRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _call.SendAsync(request, options, cancellationToken);
}
