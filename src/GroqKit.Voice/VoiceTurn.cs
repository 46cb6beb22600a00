using Microsoft.Extensions.AI;

namespace GroqKit.Voice;

/// <summary>
/// A spoken turn that runs. Its events are read once, by one reader; everything else may be used from all threads. Disposing of it ends it: nothing that
/// it started runs on afterwards, but for functions that do not heed their cancellation.
/// </summary>
public sealed class VoiceTurn : IAsyncDisposable
{
    private readonly EventQueue _events;
    private readonly TurnRunner _runner;
    private readonly CancellationTokenSource _ending;
    private readonly Task _running;
    private readonly Lock _gate = new();
    private TimeSpan? _played;
    private bool _interrupted;
    private VoiceException? _stopped;

    internal VoiceTurn(
        string id,
        VoiceInput input,
        IReadOnlyList<ChatMessage> history,
        VoiceClients clients,
        VoiceOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        Id = id;
        Heard = new HeardAnswer();
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _events = new EventQueue(id, options, time);
        _runner = new TurnRunner(input, history, clients, options, _events, Heard, time);
        _running = RunAsync();
    }

    /// <summary>The turn's name.</summary>
    public string Id { get; }

    /// <summary>What can be heard of the answer.</summary>
    public HeardAnswer Heard { get; }

    /// <summary>What the turn used so far.</summary>
    public VoiceUsage Usage => _runner.Usage;

    /// <summary>How long everything took so far.</summary>
    public VoiceTimings Timings => _runner.Timings;

    /// <summary>
    /// What the turn adds to the history: what the caller said, calls and results of tools, and of the answer what was heard. Complete once the events
    /// ended.
    /// </summary>
    public IReadOnlyList<ChatMessage> Messages => _runner.Messages(_interrupted ? HeardText() : null);

    /// <summary>The turn's events as they happen, up to <see cref="TurnDone"/>. Failures are events too; nothing is raised.</summary>
    /// <exception cref="InvalidOperationException">Somebody else reads them: each is there once. Who reads after another gets what that one left.</exception>
    public IAsyncEnumerable<VoiceEvent> ReadAsync() => _events.ReadAllAsync();

    /// <summary>
    /// Ends the turn because the caller speaks or leaves: everything that runs for it is cancelled. Events of what was heard, used and how long it
    /// took still come. Does nothing to a turn that has ended.
    /// </summary>
    /// <param name="played">How much of the sound the caller heard. Null: all that was read from the events counts as heard.</param>
    public Task InterruptAsync(TimeSpan? played = null) => EndAsync(played, reason: null);

    /// <summary>Ends the turn because whoever holds it can't go on: as an interruption does, with an error that says why.</summary>
    internal Task StopAsync(VoiceException reason) => EndAsync(played: null, reason);

    private async Task EndAsync(TimeSpan? played, VoiceException? reason)
    {
        lock (_gate)
        {
            if (!_running.IsCompleted && !_interrupted)
            {
                _interrupted = true;
                _played = played;
                _stopped = reason;
            }
        }
        try
        {
            await _ending.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It ended, and its owner disposed of it, meanwhile.
        }
        catch (AggregateException)
        {
            // A client's own callback failed; the turn ends all the same.
        }
        await _running.ConfigureAwait(false);
    }

    /// <summary>Gives the result of a tool that the caller was asked to run by <see cref="ToolRequested"/>; the model goes on with it.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="result">What the model reads, for example JSON.</param>
    /// <returns>False when the turn does not wait for that call: there is none, it has its result, or it waited too long.</returns>
    public bool AnswerTool(string callId, string result)
    {
        ArgumentNullException.ThrowIfNull(callId);
        ArgumentNullException.ThrowIfNull(result);
        return _runner.AnswerTool(callId, result);
    }

    /// <summary>Tells the turn's reader that another serves, where it was not the pipeline that changed.</summary>
    internal void Switched(VoiceStage stage, string from, string? to, string reason) =>
        _events.Post(new ProviderSwitched(stage, from, to, reason));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await InterruptAsync().ConfigureAwait(false);
        _ending.Dispose();
    }

    private string HeardText() => Heard.TextAt(_played ?? Heard.Given);

    private async Task RunAsync()
    {
        // The constructor's caller gets the turn before anything happens in it.
        await Task.Yield();
        VoiceOutcome outcome = await _runner.RunAsync(_ending.Token).ConfigureAwait(false);
        if (outcome == VoiceOutcome.Interrupted)
        {
            VoiceException? stopped;
            lock (_gate)
            {
                _interrupted = true;
                stopped = _stopped;
            }
            if (stopped is null)
            {
                _events.Post(new TurnInterrupted(HeardText()));
            }
            else
            {
                _events.Post(new TurnFailed(stopped));
                outcome = VoiceOutcome.Failed;
            }
        }
        _events.Post(new TurnUsage(_runner.Usage));
        _events.Post(new TurnTimed(_runner.Timings));
        _events.Post(new TurnDone(outcome));
        _events.Complete();
    }
}
