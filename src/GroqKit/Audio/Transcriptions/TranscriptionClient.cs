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

    /// <summary>Writes a recording of any length down in its own language, splitting a WAV recording at pauses where it is too long for one call.</summary>
    /// <remarks>
    /// Parts are sent several at a time, straight from the file; times count from the beginning of the whole recording. A recording with an address, or one in
    /// another format that fits into a call, is sent as it is. The request's upload progress isn't told; <see cref="SplitOptions.Progress"/> is.
    /// </remarks>
    /// <param name="request">The recording and how to hear it.</param>
    /// <param name="split">How to split it.</param>
    /// <param name="options">What the call of each part does differently.</param>
    /// <param name="cancellationToken">Ends all calls.</param>
    /// <exception cref="GroqTranscriptionException">A part failed; the exception holds what was heard before it.</exception>
    /// <exception cref="GroqValidationException">The request cannot succeed, or the recording is too long and can't be split.</exception>
    public Task<Transcription> CreateLongAsync(
        TranscriptionRequest request,
        SplitOptions? split = null,
        CallOptions? options = null,
        CancellationToken cancellationToken = default
    ) => _call.SendLongAsync(request, split, options, cancellationToken);
}
