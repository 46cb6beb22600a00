using System.Runtime.CompilerServices;
using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.SpeechToText;

/// <summary>Groq's hearing as the ecosystem knows it. Immutable; safe for all threads.</summary>
internal sealed class GroqSpeechToTextClient(GroqClient client, string? model) : ISpeechToTextClient
{
    private readonly SpeechToTextClientMetadata _metadata = new(
        "groq",
        client.BaseAddress,
        model ?? TranscriptionRequest.DefaultModel
    );

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        var (heard, used) = await HearAsync(audioSpeechStream, options, cancellationToken).ConfigureAwait(false);
        return TranscriptMapping.Map(heard, used);
    }

    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        SpeechToTextMapping.IsTranslation(options);
        return StreamAsync(audioSpeechStream, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata, client, client.Audio);

    /// <summary>Does nothing: the client underneath is shared, and its owner's.</summary>
    public void Dispose() { }

    // Groq hears a recording as a whole; its phrases are given one by one when all are there.
    private async IAsyncEnumerable<SpeechToTextResponseUpdate> StreamAsync(
        Stream audio,
        SpeechToTextOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (heard, used) = await HearAsync(audio, options, cancellationToken).ConfigureAwait(false);
        foreach (SpeechToTextResponseUpdate update in TranscriptMapping.Updates(heard, used))
            yield return update;
    }

    private async Task<(Transcription Heard, string Model)> HearAsync(
        Stream stream,
        SpeechToTextOptions? options,
        CancellationToken cancellationToken
    )
    {
        AudioInput audio = await SpokenInput
            .ReadAsync(stream, options?.SpeechSampleRate, cancellationToken)
            .ConfigureAwait(false);
        SpeechToTextRequest request = SpeechToTextMapping.Map(this, audio, options, model);
        // Only what does not fit is split: a call for all of it is sent while it is read.
        bool isLong = audio.Length > request.MaxUploadBytes;
        Transcription heard = await (
            request is TranslationRequest translation
                ? isLong
                    ? client.Audio.Translations.CreateLongAsync(translation, cancellationToken: cancellationToken)
                    : client.Audio.Translations.CreateAsync(translation, cancellationToken: cancellationToken)
                : isLong
                    ? client.Audio.Transcriptions.CreateLongAsync(
                        (TranscriptionRequest)request,
                        cancellationToken: cancellationToken
                    )
                    : client.Audio.Transcriptions.CreateAsync(
                        (TranscriptionRequest)request,
                        cancellationToken: cancellationToken
                    )
        ).ConfigureAwait(false);
        return (heard, request.Model);
    }
}
