using System.Threading.Channels;
using GroqKit.Voice.Sound;

namespace GroqKit.Voice;

/// <summary>
/// The events of a turn on their way to the caller, in order and numbered. Sound waits when the caller is slow, and gives up when it is too slow;
/// everything else is small and never waits.
/// </summary>
internal sealed class EventQueue(string turnId, VoiceOptions options, TimeProvider time)
{
    private readonly Channel<VoiceEvent> _events = Channel.CreateUnbounded<VoiceEvent>(
        new UnboundedChannelOptions { SingleReader = true }
    );

    private readonly Lock _gate = new();
    private TaskCompletionSource? _room;
    private long _sequence;
    private int _waiting;
    private bool _isRead;
    private long _speechEnd = -1;

    /// <summary>Time since the end of speech; zero before it.</summary>
    public TimeSpan Now => Volatile.Read(ref _speechEnd) is >= 0 and var end ? time.GetElapsedTime(end) : TimeSpan.Zero;

    public void EndSpeech() => Volatile.Write(ref _speechEnd, time.GetTimestamp());

    /// <summary>Puts an event in, whatever waits already.</summary>
    public void Post(VoiceEvent happened)
    {
        lock (_gate)
        {
            VoiceEvent numbered = happened with { TurnId = turnId, Sequence = _sequence, At = Now };
            if (_events.Writer.TryWrite(numbered))
            {
                _sequence++;
                _waiting++;
            }
        }
    }

    /// <summary>Puts an event in once there is room.</summary>
    /// <exception cref="VoiceException">The caller took nothing for too long.</exception>
    public async ValueTask WriteAsync(VoiceEvent happened, CancellationToken cancellationToken)
    {
        while (WhenRoom() is { IsCompleted: false } room)
        {
            try
            {
                await room.WaitAsync(options.SlowClientTimeout, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new VoiceException(
                    VoiceErrorCodes.ClientTooSlow,
                    VoiceStage.Delivery,
                    $"The caller took nothing for {options.SlowClientTimeout.TotalSeconds:0.#} s."
                );
            }
        }
        Post(happened);
    }

    public void Complete() => _events.Writer.TryComplete();

    /// <exception cref="InvalidOperationException">Somebody reads already.</exception>
    public async IAsyncEnumerable<VoiceEvent> ReadAllAsync()
    {
        if (Interlocked.Exchange(ref _isRead, true))
            throw new InvalidOperationException("The events of a turn are read by somebody else already.");
        try
        {
            while (await _events.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_events.Reader.TryRead(out VoiceEvent? next))
                {
                    Taken();
                    yield return next;
                    if (options.LendsSound && next is AudioDelta sound)
                        SoundEncoder.TakeBack(sound.Data);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _isRead, false);
        }
    }

    private Task WhenRoom()
    {
        lock (_gate)
        {
            if (_waiting < options.BufferedEvents)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    private void Taken()
    {
        lock (_gate)
        {
            _waiting--;
            _room?.TrySetResult();
            _room = null;
        }
    }
}
