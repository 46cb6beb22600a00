using System.Runtime.CompilerServices;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>
/// A turn that outlives its caller's connection: its events are kept while they are made and for a minute after, so that another connection goes on
/// where one broke. One reader at a time; a newer one takes over. Safe for all threads.
/// </summary>
/// <param name="turn">The turn.</param>
/// <param name="account">What it used.</param>
/// <param name="patience">How long it goes on without a reader.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptTurn(VoiceTurn turn, TurnAccount account, TimeSpan patience, TimeProvider time)
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

    public VoiceTurn Turn => turn;

    public TurnAccount Account => account;

    /// <summary>Takes the turn's events until it has ended, and keeps them a while.</summary>
    /// <param name="ended">Called once the turn has ended, before its last event is given.</param>
    /// <param name="forgotten">Called when nobody can go on with it any more.</param>
    public async Task RunAsync(Func<Task> ended, Action forgotten)
    {
        _alone = time.CreateTimer(_ => LeaveAlone(forgotten), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        VoiceEvent? last = null;
        try
        {
            await foreach (VoiceEvent happened in turn.ReadAsync())
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
                Signal();
                _alone.Change(KeptAfterwards, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The events behind one that the caller had, those to come included.</summary>
    /// <param name="after">The number of the last event that arrived; -1 for none.</param>
    /// <param name="cancellationToken">The reader's leaving.</param>
    /// <exception cref="GatewayException">They are not kept any more.</exception>
    public async IAsyncEnumerable<VoiceEvent> ReadAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        object me = new();
        TakeOver(me);
        try
        {
            for (long next = after + 1; ; next++)
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
            if (number < _first || number > _first + _events.Count)
                throw RequestErrors.EventsGone(turn.Id, number);
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

    private void TakeOver(object reader)
    {
        lock (_gate)
        {
            _reader = reader;
            Signal();
            if (!_ended)
                _alone?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
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
        _ = turn.InterruptAsync();
    }
}
