namespace GroqKit.Voice;

/// <summary>Keeps when things happened in a turn. Safe for all threads.</summary>
internal sealed class TurnClock(EventQueue events, HeardAnswer heard)
{
    private readonly Lock _gate = new();
    private VoiceTimings _timings = new();
    private TimeSpan _waited;

    public VoiceTimings Result
    {
        get
        {
            lock (_gate)
                return _timings with { Total = events.Now, Waited = _waited, Sound = heard.Given };
        }
    }

    public void Transcript() =>
        Set(static (timings, now) => timings.Transcript is null ? timings with { Transcript = now } : timings);

    public void FirstToken() =>
        Set(static (timings, now) => timings.FirstToken is null ? timings with { FirstToken = now } : timings);

    public void FirstPiece() =>
        Set(static (timings, now) => timings.FirstPiece is null ? timings with { FirstPiece = now } : timings);

    public void FirstSound() =>
        Set(static (timings, now) => timings.FirstSound is null ? timings with { FirstSound = now } : timings);

    public void AnswerDone() => Set(static (timings, now) => timings with { AnswerDone = now });

    /// <summary>Time in which somebody else was waited for; only what comes before the first sound counts.</summary>
    public void Waited(TimeSpan time)
    {
        lock (_gate)
        {
            if (_timings.FirstSound is null)
                _waited += time;
        }
    }

    /// <summary>Time in which the model was waited for: what it writes behind the first piece delays no sound.</summary>
    public void WaitedForAnswer(TimeSpan time)
    {
        lock (_gate)
        {
            if (_timings.FirstPiece is null)
                _waited += time;
        }
    }

    private void Set(Func<VoiceTimings, TimeSpan, VoiceTimings> change)
    {
        lock (_gate)
            _timings = change(_timings, events.Now);
    }
}
