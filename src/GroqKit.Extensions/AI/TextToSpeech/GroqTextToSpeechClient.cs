using System.Runtime.CompilerServices;
using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.TextToSpeech;

/// <summary>Groq's voices as the ecosystem knows them. Immutable; safe for all threads.</summary>
internal sealed class GroqTextToSpeechClient(GroqClient client, string? model, string? voice) : ITextToSpeechClient
{
    private readonly TextToSpeechClientMetadata _metadata = new(
        "groq",
        client.BaseAddress,
        model ?? SpeechRequest.DefaultModel
    );

    private readonly SpeechMapping _requests = new(model, voice);

    public async Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        SpeechRequest request = _requests.Map(this, text, options);
        SpeechAudio audio = await client
            .Audio.Speech.CreateAsync(request, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return SoundMapping.Map(audio, request, SpokenForm.IsPcm(options?.AudioFormat, request));
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        SpeechMapping.Check(options);
        return StreamAsync(text, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata, client, client.Audio);

    /// <summary>Does nothing: the client underneath is shared, and its owner's.</summary>
    public void Dispose() { }

    private async IAsyncEnumerable<TextToSpeechResponseUpdate> StreamAsync(
        string text,
        TextToSpeechOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        SpeechRequest request = _requests.Map(this, text, options);
        SpeechStream stream = await client
            .Audio.Speech.StreamAsync(request, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await using (((IAsyncDisposable)stream).ConfigureAwait(false))
        {
            var updates = new SoundUpdates(stream, request, SpokenForm.IsPcm(options?.AudioFormat, request));
            await foreach (
                ReadOnlyMemory<byte> bytes in stream.WithCancellation(cancellationToken).ConfigureAwait(false)
            )
            {
                if (updates.Map(bytes) is { } update)
                    yield return update;
            }
        }
    }
}
