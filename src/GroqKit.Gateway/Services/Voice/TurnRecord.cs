using System.Text;
using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>What is known of a turn, as its events tell it. Thread-safe.</summary>
/// <param name="name">Which turn.</param>
/// <param name="turn">The turn.</param>
/// <param name="account">What it uses.</param>
/// <param name="person">The caller's user by the hash of its name; null where the caller doesn't say.</param>
internal sealed class TurnRecord(TurnName name, VoiceTurn turn, TurnAccount account, string? person)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _answer = new();
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _transcript;
    private string? _heard;
    private VoiceOutcome? _outcome;
    private VoiceException? _failure;
    private bool _isForgotten;

    public TurnName Name => name;

    public VoiceTurn Turn => turn;

    public TurnAccount Account => account;

    public string? Person => person;

    /// <summary>Completes when nothing is read any more of what was said: it was understood, or will not be.</summary>
    public Task Taken => _taken.Task;

    /// <summary>What was understood; null while it isn't, and for what was typed.</summary>
    public string? Transcript => Locked(() => _transcript);

    /// <summary>What the model wrote so far.</summary>
    public string Answer => Locked(_answer.ToString);

    /// <summary>The words of the sound that was given, or of what was played where the caller said so; null where there are none.</summary>
    public string? HeardText
    {
        get
        {
            string text = Locked(() => _heard) ?? turn.Heard.TextAt(turn.Heard.Given);
            return text.Length > 0 ? text : null;
        }
    }

    /// <summary>How it ended; null while it runs.</summary>
    public VoiceOutcome? Outcome => Locked(() => _outcome);

    /// <summary>What went wrong; null where nothing did.</summary>
    public VoiceException? Failure => Locked(() => _failure);

    /// <summary>Takes from an event what it tells.</summary>
    public void Note(VoiceEvent happened)
    {
        if (happened is TranscriptDone or TurnDone)
            _taken.TrySetResult();
        lock (_gate)
        {
            switch (happened)
            {
                case TranscriptDone done:
                    _transcript = done.Text;
                    break;
                case AnswerDelta delta:
                    _answer.Append(delta.Text);
                    break;
                case TurnInterrupted interrupted:
                    _heard = interrupted.HeardText;
                    break;
                case TurnFailed failed:
                    _failure = failed.Error;
                    break;
                case TurnDone done:
                    _outcome = done.Outcome;
                    break;
            }
        }
    }

    /// <summary>Whoever it was for was erased: nothing of it is kept.</summary>
    public void Forget()
    {
        lock (_gate)
            _isForgotten = true;
    }

    /// <summary>Keeps what came of the turn, unless that is to be forgotten; an erasure comes before it or after it, never between.</summary>
    public void Keep(Action keep)
    {
        lock (_gate)
        {
            if (!_isForgotten)
                keep();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }
}
