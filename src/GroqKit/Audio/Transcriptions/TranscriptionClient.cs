using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Speech to text. Safe for all threads.</summary>
public sealed class TranscriptionClient
{
    private readonly SpeechToTextCall _call;

    internal TranscriptionClient(GroqHttp http) =>
        _call = new SpeechToTextCall(http, http.Resolve("openai/v1/audio/transcriptions"));

    /// <summary>Writes a recording down in its own language.</summary>
    /// <param name="request">The recording and how to hear it.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GroqValidationException">The request cannot succeed; nothing was sent when its status is null.</exception>
    /// <exception cref="GroqException">The call failed in another way.</exception>
    public Task<Transcription> CreateAsync(
        TranscriptionRequest request,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _call.SendAsync(request, options, cancellationToken);
}
