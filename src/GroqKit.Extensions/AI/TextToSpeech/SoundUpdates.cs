using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.TextToSpeech;

/// <summary>
/// The pieces of one sound. Every update holds some of it, so that whoever plays them need not look for empty ones; what else is known comes with the
/// first. For one stream and one reader.
/// </summary>
internal sealed class SoundUpdates(SpeechStream stream, SpeechRequest request, bool asPcm)
{
    private bool _isFirst = true;
    private PcmPieces? _samples;

    /// <returns>Null when the bytes hold no whole sample, or nothing.</returns>
    /// <exception cref="NotSupportedException">Bare samples are wanted, and the model's are not 16-bit.</exception>
    public TextToSpeechResponseUpdate? Map(ReadOnlyMemory<byte> bytes)
    {
        if (asPcm && stream.Wav is { } shape)
            bytes = (_samples ??= new PcmPieces(shape)).Take(bytes);
        if (bytes.IsEmpty)
            return null;
        var update = new TextToSpeechResponseUpdate([
            new DataContent(bytes, asPcm ? SpokenForm.Pcm : SpokenForm.MediaType(stream.Format)),
        ])
        {
            Kind = TextToSpeechResponseUpdateKind.AudioUpdating,
            ModelId = request.Model,
            ResponseId = stream.Metadata.RequestId,
            RawRepresentation = stream,
        };
        if (!_isFirst)
            return update;
        _isFirst = false;
        update.Contents.Add(new UsageContent(SoundMapping.Usage(request)));
        update.AdditionalProperties = SoundMapping.Properties(stream.Wav, stream.Warnings);
        return update;
    }
}
