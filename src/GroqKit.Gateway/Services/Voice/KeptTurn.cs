using System.Runtime.CompilerServices;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>
/// A turn that outlives its caller's connection: its events are kept while they are made and for a minute after, so that another connection goes on
/// where one broke. One reader at a time; a newer one takes over. Safe for all threads.
/// </summary>
/// <param name="record">The turn.</param>
/// <param name="content">Tells what it began with; null where its caller gave it no name.</param>
/// <param name="patience">How long it goes on without a reader.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptTurn(TurnRecord record, TurnContent? content, TimeSpan patience, TimeProvider time)
{
    // Almost a minute and a half of sound as it is given unless asked otherwise.
    private const long Most = 4 * 1024 * 1024;
    private const int BytesBesideSound = 200;

    private static readonly TimeSpan KeptAfterwards = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly List<VoiceEvent> _events = [];
    private TaskCompletionSource _changed = NewSignal();
    private object? _reader;
    private ITimer? _alone;
    private long _bytes;
    private long _first;
    private long _given;
    private bool _ended;
    private long _endedAt;

    public TurnRecord Record => record;

    /// <summary>What it began with; null while that is not known, or never will be.</summary>
    public string? Fingerprint => content?.Fingerprint;

    /// <summary>How long it is still kept; null while it runs.</summary>
    public TimeSpan? Left
    {
        get
        {
            lock (_gate)
                return _ended ? KeptAfterwards - time.GetElapsedTime(_endedAt) : null;
        }
    }

    /// <summary>Takes the turn's events until it has ended, and keeps them a while.</summary>
    /// <param name="events">The events.</param>
    /// <param name="ended">Called once the turn has ended, before its last event is given.</param>
    /// <param name="forgotten">Called when nobody can go on with it any more.</param>
    public async Task RunAsync(IAsyncEnumerable<VoiceEvent> events, Func<Task> ended, Action forgotten)
    {
        _alone = time.CreateTimer(_ => LeaveAlone(forgotten), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        VoiceEvent? last = null;
        try
        {
            await foreach (VoiceEvent happened in events)
            {
                if (happened is TurnDone)
                {
                    last = happened;
                    continue;
                }
                while (WhenRoom() is { IsCompleted: false } room)
                    await room;
                Add(happened);
            }
        }
        finally
        {
            // Whatever happened: who reads must not wait for more.
            await ended();
            if (last is not null)
                Add(last);
            lock (_gate)
            {
                _ended = true;
                _endedAt = time.GetTimestamp();
                Signal();
                _alone.Change(KeptAfterwards, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The events behind one that the caller had, those to come included. Whoever reads now is taken over from when this returns.</summary>
    /// <param name="after">The number of the last event that arrived; -1 for none.</param>
    /// <param name="cancellationToken">The reader's leaving.</param>
    /// <exception cref="GatewayException">They are not kept any more, or that event was never given; who reads now goes on.</exception>
    public IAsyncEnumerable<VoiceEvent> Open(long after, CancellationToken cancellationToken)
    {
        object me = new();
        lock (_gate)
        {
            long given = Math.Min(_given, _first + _events.Count);
            if (after < _first - 1 || after >= given && after >= 0)
                throw RequestErrors.EventsGone(record.Name.Id, after, _first, given - 1);
            TakeOver(me, after + 1);
        }
        return ReadAsync(me, after + 1, cancellationToken);
    }

    private async IAsyncEnumerable<VoiceEvent> ReadAsync(
        object me,
        long from,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        try
        {
            for (long next = from; ; next++)
            {
                VoiceEvent? found;
                while (!TryFind(me, next, out found, out Task changed))
                    await changed.WaitAsync(cancellationToken);
                if (found is null)
                    yield break;
                yield return found;
            }
        }
        finally
        {
            Leave(me);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static int SizeOf(VoiceEvent happened) =>
        BytesBesideSound + (happened is AudioDelta sound ? sound.Data.Length : 0);

    private void Add(VoiceEvent happened)
    {
        lock (_gate)
        {
            _events.Add(happened);
            _bytes += SizeOf(happened);
            // What a reader had goes first, when there is too much.
            while (_bytes > Most && _first < _given && _events.Count > 1)
            {
                _bytes -= SizeOf(_events[0]);
                _events.RemoveAt(0);
                _first++;
            }
            Signal();
        }
    }

    private Task WhenRoom()
    {
        lock (_gate)
            return _bytes > Most && _first >= _given ? _changed.Task : Task.CompletedTask;
    }

    private void Signal()
    {
        TaskCompletionSource changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    // True with nothing found: the end, or somebody else reads now.
    private bool TryFind(object reader, long number, out VoiceEvent? found, out Task changed)
    {
        lock (_gate)
        {
            changed = _changed.Task;
            found = null;
            if (_reader != reader)
                return true;
            if (number - _first < _events.Count)
            {
                found = _events[(int)(number - _first)];
                if (number >= _given)
                {
                    _given = number + 1;
                    Signal();
                }
                return true;
            }
            return _ended;
        }
    }

    private void TakeOver(object reader, long next)
    {
        _reader = reader;
        // What nobody was thought to come back for is kept again for who has.
        if (_given == long.MaxValue)
            _given = next;
        Signal();
        if (!_ended)
            _alone?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Leave(object reader)
    {
        lock (_gate)
        {
            if (_reader != reader)
                return;
            _reader = null;
            if (!_ended)
                _alone?.Change(patience, Timeout.InfiniteTimeSpan);
        }
    }

    private void LeaveAlone(Action forgotten)
    {
        lock (_gate)
        {
            if (_ended)
            {
                forgotten();
                _alone?.Dispose();
                return;
            }
            // Nobody takes what would make room for the last events.
            _given = long.MaxValue;
            Signal();
        }
        _ = record.Turn.InterruptAsync();
    }
}
