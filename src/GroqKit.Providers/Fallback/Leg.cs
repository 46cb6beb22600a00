using GroqKit.Providers.Health;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>
/// One attempt at one provider: its output, its deadlines, and the report to its lane, which is made exactly once, however it ends.
/// </summary>
internal sealed class Leg<TItem> : IAsyncDisposable
{
    private readonly FallbackCandidate _candidate;
    private readonly FallbackJob<TItem> _job;
    private readonly FallbackCall _call;
    private readonly ProgressWatch _watch;
    private readonly LaneEntry _entry;
    private readonly TimeSpan _within;
    private readonly FallbackStepEntry _step;
    private readonly OutputTally<TItem>? _tally;
    private List<TItem>? _held;
    private IAsyncEnumerator<TItem>? _output;
    private TimeSpan? _firstOutput;
    private bool _reported;

    /// <param name="candidate">Who is asked.</param>
    /// <param name="job">What is asked.</param>
    /// <param name="call">What it is asked for.</param>
    /// <param name="entry">The lane's leave.</param>
    /// <param name="within">From asking to the first useful output.</param>
    public Leg(FallbackCandidate candidate, FallbackJob<TItem> job, FallbackCall call, LaneEntry entry, TimeSpan within)
    {
        _candidate = candidate;
        _job = job;
        _call = call;
        _entry = entry;
        _within = within;
        _watch = new ProgressWatch(call.Time, call.Caller);
        _tally = (job as StreamedJob<TItem>)?.CreateTally();
        _step = call.BeginStep(candidate);
    }

    public FallbackTarget Target => _candidate.Target;

    public FallbackJob<TItem> Job => _job;

    /// <summary>What was put out so far, when the answer comes in pieces.</summary>
    public OutputTally<TItem> Tally => _tally!;

    /// <summary>The answer, when it comes in one piece.</summary>
    public TItem Whole { get; private set; } = default!;

    /// <summary>What came before the attempt was chosen to serve, in order.</summary>
    public IReadOnlyList<TItem> Held => _held ?? (IReadOnlyList<TItem>)[];

    /// <summary>Whether the whole answer is among what is held.</summary>
    public bool Ended { get; private set; }

    private UsageDetails? Usage =>
        _tally is not null ? _tally.Usage
        : Whole is not null ? ((WholeJob<TItem>)_job).UsageOf(Whole)
        : null;

    /// <summary>Another attempt was quicker, or the caller left.</summary>
    public void Stop() => _watch.Cancel();

    /// <summary>Asks, and waits for output that is worth delivering.</summary>
    /// <returns>What went wrong; null when the output begins.</returns>
    /// <exception cref="OperationCanceledException">The caller left, or <see cref="Stop"/> was called.</exception>
    public ValueTask<ProviderException?> OpenAsync() =>
        _job is WholeJob<TItem> whole ? AskAsync(whole) : BeginAsync((StreamedJob<TItem>)_job);

    private async ValueTask<ProviderException?> AskAsync(WholeJob<TItem> job)
    {
        _watch.Arm(_within);
        try
        {
            Whole = await job.AskAsync(_candidate, _watch.Token).ConfigureAwait(false);
            if (job.FindFault(Whole) is { } fault)
                return fault;
            _firstOutput = _call.Time.GetElapsedTime(_entry.StartedAt);
            return null;
        }
        catch (Exception error) when (Understand(error) is { } failure)
        {
            return failure;
        }
        finally
        {
            _watch.Disarm();
        }
    }

    private async ValueTask<ProviderException?> BeginAsync(StreamedJob<TItem> job)
    {
        _watch.Arm(_within);
        int useful = 0;
        try
        {
            _output = job.Start(_candidate, _watch.Token).GetAsyncEnumerator(_watch.Token);
            while (useful < _call.Options.Hold)
            {
                if (!await _output.MoveNextAsync().ConfigureAwait(false))
                {
                    Ended = true;
                    return Tally.FindFault();
                }
                (_held ??= new(1)).Add(_output.Current);
                if (!Tally.Add(_output.Current))
                    continue;
                if (useful++ == 0)
                    _firstOutput = _call.Time.GetElapsedTime(_entry.StartedAt);
                _watch.Arm(_call.Options.GapTimeout);
            }
            return null;
        }
        catch (Exception error) when (Understand(error) is { } failure)
        {
            return failure;
        }
        finally
        {
            _watch.Disarm();
        }
    }

    /// <summary>The next piece.</summary>
    public ValueTask<Pull<TItem>> PullAsync()
    {
        ValueTask<bool> move;
        try
        {
            move = _output!.MoveNextAsync();
        }
        catch (Exception error) when (Understand(error) is { } failure)
        {
            return new(Pull<TItem>.Failed(failure));
        }
        // What is there already needs no deadline.
        return move.IsCompletedSuccessfully ? new(Take(move.Result)) : WaitAsync(move);
    }

    public void Complete()
    {
        Report(FallbackStepOutcome.Completed, null);
        _candidate.Lane.Succeed(_entry, _firstOutput, TokensPerSecond());
    }

    public void Fail(ProviderException failure, bool delivered)
    {
        Report(delivered ? FallbackStepOutcome.Broke : FallbackStepOutcome.Failed, failure);
        _candidate.Lane.Fail(_entry, failure);
    }

    public void Abandon(FallbackStepOutcome outcome)
    {
        if (_reported)
            return;
        Report(outcome, null);
        _candidate.Lane.Abandon(_entry);
    }

    public async ValueTask DisposeAsync()
    {
        // Left without a report: the caller stopped reading, or left.
        Abandon(FallbackStepOutcome.Cancelled);
        _watch.Cancel();
        try
        {
            if (_output is not null)
                await _output.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is ProviderException or OperationCanceledException or IOException)
        {
            // The attempt is over; how its connection closes changes nothing.
        }
        _watch.Dispose();
    }

    private async ValueTask<Pull<TItem>> WaitAsync(ValueTask<bool> move)
    {
        _watch.Arm(_call.Options.GapTimeout);
        try
        {
            return Take(await move.ConfigureAwait(false));
        }
        catch (Exception error) when (Understand(error) is { } failure)
        {
            return Pull<TItem>.Failed(failure);
        }
        finally
        {
            _watch.Disarm();
        }
    }

    private Pull<TItem> Take(bool more)
    {
        if (!more)
            return Tally.FindFault() is { } fault ? Pull<TItem>.Failed(fault) : Pull<TItem>.Ended;
        TItem item = _output!.Current;
        try
        {
            Tally.Add(item);
        }
        catch (ProviderException failure)
        {
            return Pull<TItem>.Failed(failure);
        }
        return Pull<TItem>.Of(item);
    }

    // Null for what is not the provider's doing: it goes to the caller as it is.
    private ProviderException? Understand(Exception error) =>
        error switch
        {
            OperationCanceledException or ProviderException { Failure: ProviderFailure.Timeout } when _watch.Expired =>
                new ProviderException(
                    ProviderFailure.Timeout,
                    _firstOutput is null
                        ? $"{Target} put nothing out in time."
                        : $"{Target} stopped in the middle of its answer.",
                    Details(),
                    error
                ),
            OperationCanceledException => null,
            ProviderException failure => failure,
            // The caller's option, not the provider's fault: another may have it, and nobody else's calls are kept away.
            NotSupportedException => new ProviderException(
                ProviderFailure.CallerMistake,
                $"{Target} does not have what is asked for: {error.Message}",
                Details() with
                {
                    MayTryAnother = true,
                },
                error
            ),
            ArgumentException => null,
            _ => new ProviderException(
                ProviderFailure.Malformed,
                $"The answer of {Target} could not be read: {error.Message}",
                Details(),
                error
            ),
        };

    private ProviderFailureDetails Details() =>
        new()
        {
            Provider = Target.Provider.Name,
            Connection = _candidate.Lane.Connection.Id,
            Service = _job.Service,
            Model = Target.Model,
        };

    private void Report(FallbackStepOutcome outcome, ProviderException? failure)
    {
        if (_reported)
            return;
        _reported = true;
        _call.EndStep(_step, _entry, outcome, _firstOutput, failure, Usage);
    }

    private double? TokensPerSecond()
    {
        if (Usage?.OutputTokenCount is not (> 1 and { } tokens) || _firstOutput is not { } first)
            return null;
        TimeSpan writing = _call.Time.GetElapsedTime(_entry.StartedAt) - first;
        return writing > TimeSpan.Zero ? (tokens - 1) / writing.TotalSeconds : null;
    }
}
