using System.Globalization;
using System.Runtime.CompilerServices;
using GroqKit.Catalog;
using GroqKit.Extensions.AI;
using GroqKit.Http;
using GroqKit.Providers.Http;
using GroqKit.Providers.Speech;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>ElevenLabs' voices over HTTP, and over a socket for text that is still being written. Immutable; safe for all threads.</summary>
internal sealed class ElevenLabsTextToSpeechClient(
    ProviderHttp http,
    ProviderCall site,
    ProviderWire wire,
    VoiceNames voices,
    ModelCatalog catalog,
    bool logs
) : ITextToSpeechClient, ITextStreamToSpeech
{
    private readonly TextToSpeechClientMetadata _metadata = new("elevenlabs", site.Connection.Address, site.Model);

    public async Task<TextToSpeechResponse> GetAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ElevenLabsSpeechRequest request = Create(text, options, isStream: false);
        (SoundPiece whole, string? id, HttpResponseMessage answer) = await http.SendAsync(
                request.Call,
                () => request.ToHttp(wire, options, isStream: false, logs),
                (answer, token) => ReadWholeAsync(request, answer, token),
                canRepeat: true,
                cancellationToken
            )
            .ConfigureAwait(false);
        return new TextToSpeechResponse([new DataContent(whole.Sound, request.Form.MediaType)])
        {
            ModelId = request.Call.Model,
            ResponseId = id,
            Usage = Usage(text.Length, answer),
            AdditionalProperties = SpokenWords.With(whole.Words, request.Form.Properties()),
        };
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        return StreamAsync(text, options, cancellationToken);
    }

    public IAsyncEnumerable<TextToSpeechResponseUpdate> SpeakAsync(
        IAsyncEnumerable<string> text,
        TextToSpeechOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        // The text is not there yet; a blank one stands for it where voice and form are chosen.
        ElevenLabsSpeechRequest request = Create("-", options, isStream: true);
        return new SpeechSocket(http, wire, request, options, logs).SpeakAsync(text, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        Services.Find(serviceType, serviceKey, this, _metadata);

    /// <summary>Does nothing: the connections are the provider's.</summary>
    public void Dispose() { }

    private async IAsyncEnumerable<TextToSpeechResponseUpdate> StreamAsync(
        string text,
        TextToSpeechOptions? options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ElevenLabsSpeechRequest request = Create(text, options, isStream: true);
        long start = http.Time.GetTimestamp();
        HttpResponseMessage answer = await http.OpenAsync(
                request.Call,
                () => request.ToHttp(wire, options, isStream: true, logs),
                cancellationToken
            )
            .ConfigureAwait(false);
        string? id = http.RequestIdOf(answer);
        UsageDetails? usage = Usage(text.Length, answer);
        await foreach (
            TextToSpeechResponseUpdate update in SoundStream
                .ReadAsync(
                    http,
                    answer,
                    request.Call,
                    start,
                    request.ToReader(isStream: true),
                    Piece,
                    cancellationToken
                )
                .ConfigureAwait(false)
        )
        {
            yield return update;
        }

        TextToSpeechResponseUpdate Piece(SoundPiece piece)
        {
            var update = new TextToSpeechResponseUpdate(
                piece.Sound.Length > 0 ? [new DataContent(piece.Sound, request.Form.MediaType)] : []
            )
            {
                Kind = TextToSpeechResponseUpdateKind.AudioUpdating,
                ModelId = request.Call.Model,
                ResponseId = id,
                AdditionalProperties = SpokenWords.With(piece.Words, usage is null ? null : request.Form.Properties()),
            };
            // The price of the whole is known when it begins, and every update with a price has to hold sound.
            if (usage is not null)
                update.Contents.Add(new UsageContent(usage));
            usage = null;
            return update;
        }
    }

    private async Task<(SoundPiece Piece, string? RequestId, HttpResponseMessage Answer)> ReadWholeAsync(
        ElevenLabsSpeechRequest request,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        if (request.IsTimed)
        {
            return await SoundStream
                .ReadWholeAsync(http, answer, request.Call, request.ToReader(isStream: false), cancellationToken)
                .ConfigureAwait(false);
        }
        (byte[] sound, string? id, _) = await SoundStream
            .ReadWholeAsync(http, answer, request.Call, cancellationToken)
            .ConfigureAwait(false);
        return (new SoundPiece(sound, []), id, answer);
    }

    private ElevenLabsSpeechRequest Create(string text, TextToSpeechOptions? options, bool isStream) =>
        ElevenLabsSpeechRequest.Create(site, text, options, voices, catalog, isStream);

    private static UsageDetails Usage(int characters, HttpResponseMessage answer)
    {
        var usage = new UsageDetails { AdditionalCounts = new() { [UsageCounts.Characters] = characters } };
        if (
            decimal.TryParse(
                answer.Headers.First("character-cost"),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out decimal credits
            )
        )
            usage.AdditionalCounts[UsageCounts.MilliCredits] = (long)Math.Min(credits * 1000, long.MaxValue / 2);
        return usage;
    }
}
