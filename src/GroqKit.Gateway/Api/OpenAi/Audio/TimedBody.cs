using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Providers.ElevenLabs;
using GroqKit.Providers.Speech;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>The sound alone of an answer in which sound and the times of its words come together; the words go elsewhere, before their sound.</summary>
internal sealed class TimedBody(Stream lines, TimedSound reader, WordSink words) : PassingStream
{
    private ReadOnlyMemory<byte> _sound;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_sound.IsEmpty)
        {
            SoundPiece piece = await NextAsync(cancellationToken);
            words.Add(piece.Words);
            _sound = piece.Sound;
        }
        int count = Math.Min(buffer.Length, _sound.Length);
        _sound.Span[..count].CopyTo(buffer.Span);
        _sound = _sound[count..];
        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        await lines.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lines.Dispose();
            reader.Dispose();
        }
        base.Dispose(disposing);
    }

    private async ValueTask<SoundPiece> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(lines, cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            // To whoever relays bytes, an answer that can't be read has broken off.
            throw new IOException($"The sound can't be read: {broken.Message}.", broken);
        }
    }
}
