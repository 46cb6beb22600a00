using GroqKit.Providers;
using GroqKit.Voice.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Speaking;

/// <summary>One voice's sound and words for a piece, on their way into it. For one call.</summary>
/// <param name="piece">Takes them.</param>
/// <param name="text">What is said: the piece's text from some place on.</param>
/// <param name="output">The form of the sound.</param>
internal sealed class SpokenAttempt(SpokenPiece piece, string text, SoundFormat output)
{
    private readonly List<SampleBlock> _held = [];
    private readonly List<SpokenWord> _words = [];
    private readonly HeldEnd _end = new((int)(output.SampleRate * Fade.Length.TotalSeconds));
    private bool _hasGiven;

    /// <summary>Keeps the words of an update, if it has any.</summary>
    public void Tell(TextToSpeechResponseUpdate update)
    {
        if (
            update.AdditionalProperties?.GetValueOrDefault(SpeechProperties.Words)
            is not IReadOnlyList<SpokenWord> words
        )
            return;
        if (_hasGiven)
            piece.Words.Add(words);
        else
            _words.AddRange(words);
    }

    /// <summary>Keeps sound until it is given: it may all be silence.</summary>
    public void Hold(SampleBlock block) => _held.Add(block);

    /// <summary>Gives what is held, but for its last moment.</summary>
    public async ValueTask GiveAsync(CancellationToken cancellationToken)
    {
        if (!_hasGiven)
        {
            _hasGiven = true;
            piece.Words.Begin(piece.Text.Length - text.Length, output.DurationOf(piece.Given));
            piece.Words.Add(_words);
        }
        foreach (SampleBlock block in _held)
            await piece.WriteAsync(_end.Add(block), cancellationToken).ConfigureAwait(false);
        _held.Clear();
    }

    /// <summary>Gives the last moment.</summary>
    /// <param name="breaks">Whether the sound ends before its text does: within a wave it would click.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask EndAsync(bool breaks, CancellationToken cancellationToken)
    {
        if (_end.Rest(breaks) is { } rest)
            await piece.WriteAsync(rest, cancellationToken).ConfigureAwait(false);
    }
}
