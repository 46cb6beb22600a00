using System.Threading.Channels;
using GroqKit.Voice.Sound;

namespace GroqKit.Voice.Speaking;

/// <summary>Has the pieces of an answer spoken, some at once, and gives their sound in order.</summary>
internal sealed class Speaker(
    VoiceClients clients,
    VoiceOptions options,
    EventQueue events,
    TurnLog log,
    TurnClock clock,
    HeardAnswer heard,
    TimeProvider time
)
{
    // A third of a second of the usual sound.
    private const int MostAtOnce = 8192;

    private readonly PieceSpeaker _pieces = new(clients, options, log, time);
    private readonly SoundEncoder _encoder = new(options.Output, options.LendsSound);
    private long _given;

    public async Task SpeakAsync(ChannelReader<string> texts, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // One less: the piece whose sound is given now has left the line.
        var line = Channel.CreateBounded<(SpokenPiece Piece, Task Speaking)>(Math.Max(options.PiecesAhead - 1, 1));
        Task starting = StartAsync(texts, line.Writer, ending.Token);
        Task current = Task.CompletedTask;
        try
        {
            await foreach (var (piece, speaking) in line.Reader.ReadAllAsync(ending.Token).ConfigureAwait(false))
            {
                current = speaking;
                await GiveAsync(piece, ending.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (!StageFailure.IsEnding(failure, cancellationToken))
        {
            throw StageFailure.Of(failure, VoiceStage.Speaking);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            // Nothing that was begun runs on when the turn has ended.
            await starting.ConfigureAwait(false);
            await current.ConfigureAwait(false);
            while (line.Reader.TryRead(out (SpokenPiece Piece, Task Speaking) left))
                await left.Speaking.ConfigureAwait(false);
        }
    }

    // Never raises: what went wrong is found in the pieces.
    private async Task StartAsync(
        ChannelReader<string> texts,
        ChannelWriter<(SpokenPiece Piece, Task Speaking)> line,
        CancellationToken cancellationToken
    )
    {
        int index = 0;
        try
        {
            while (await texts.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!await line.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
                    break;
                if (!texts.TryRead(out string? text))
                    continue;
                WordTrack words = heard.AddPiece(text);
                events.Post(new AnswerSentence(index, text));
                if (clients.TextToSpeech is null)
                {
                    heard.Complete(index++);
                    continue;
                }
                var piece = new SpokenPiece(index++, text, words);
                line.TryWrite((piece, _pieces.SpeakAsync(piece, cancellationToken)));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The turn ends; whoever cancelled says why.
        }
        line.TryComplete();
    }

    private async Task GiveAsync(SpokenPiece piece, CancellationToken cancellationToken)
    {
        TimeSpan start = options.Output.DurationOf(_given);
        long asked = time.GetTimestamp();
        bool waits = true;
        using var samples = new SampleBuffer();
        while (await piece.Sound.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (waits)
                clock.Waited(time.GetElapsedTime(asked));
            waits = false;
            Gather(piece.Sound, samples);
            if (_given == 0)
                events.Post(new AudioStarted(options.Output));
            TimeSpan offset = options.Output.DurationOf(_given);
            _given += samples.Count;
            // Lengths that are rounded one by one would not add up to the places.
            TimeSpan length = options.Output.DurationOf(_given) - offset;
            TellWords(piece, start, options.Output.DurationOf(_given));
            await events
                .WriteAsync(
                    new AudioDelta(piece.Index, offset, length, _encoder.Encode(samples.Samples)),
                    cancellationToken
                )
                .ConfigureAwait(false);
            clock.FirstSound();
            heard.AddSound(piece.Index, length);
        }
        heard.Complete(piece.Index);
        TimeSpan end = options.Output.DurationOf(_given);
        TellWords(piece, start, TimeSpan.MaxValue, end);
        events.Post(new AudioMark(piece.Index, start, end));
    }

    // Before the sound in which they begin, and never behind the piece's end.
    private void TellWords(SpokenPiece piece, TimeSpan start, TimeSpan until, TimeSpan? end = null)
    {
        while (piece.Words.Take(until - start) is { } word)
        {
            events.Post(
                new AudioMark(piece.Index, Within(start + word.Start), Within(start + word.End)) { Word = word.Text }
            );
        }

        TimeSpan Within(TimeSpan time) => time > end ? end.Value : time;
    }

    // Providers give crumbs; what is there already is given at once, which a caller and all between have less work with.
    private static void Gather(ChannelReader<SampleBlock> blocks, SampleBuffer into)
    {
        into.Drop(into.Count);
        while (into.Count < MostAtOnce && blocks.TryRead(out SampleBlock block))
        {
            into.Add(block.Samples);
            block.GiveBack();
        }
    }
}
