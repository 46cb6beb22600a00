using System.Threading.Channels;
using GroqKit.Voice.Sound;

namespace GroqKit.Voice.Speaking;

/// <summary>A piece of an answer whose sound is being made. One writer, one reader.</summary>
internal sealed class SpokenPiece(int index, string text, WordTrack words)
{
    // Some seconds of sound: a piece that is spoken ahead does not grow without end.
    private const int MostBlocks = 256;

    private readonly Channel<SampleBlock> _sound = Channel.CreateBounded<SampleBlock>(
        new BoundedChannelOptions(MostBlocks) { SingleReader = true, SingleWriter = true }
    );

    public int Index => index;

    public string Text => text;

    /// <summary>When its words are heard.</summary>
    public WordTrack Words => words;

    public ChannelReader<SampleBlock> Sound => _sound.Reader;

    /// <summary>Samples that were given.</summary>
    public long Given { get; private set; }

    public async ValueTask WriteAsync(SampleBlock block, CancellationToken cancellationToken)
    {
        await _sound.Writer.WriteAsync(block, cancellationToken).ConfigureAwait(false);
        Given += block.Length;
    }

    public void Complete(Exception? failure) => _sound.Writer.TryComplete(failure);
}
