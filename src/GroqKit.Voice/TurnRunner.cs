using System.Threading.Channels;
using GroqKit.Voice.Answering;
using GroqKit.Voice.Hearing;
using GroqKit.Voice.Speaking;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice;

/// <summary>Runs one turn from its sound to its sound.</summary>
internal sealed class TurnRunner
{
    private readonly VoiceInput _input;
    private readonly IReadOnlyList<ChatMessage> _history;
    private readonly VoiceClients _clients;
    private readonly VoiceOptions _options;
    private readonly EventQueue _events;
    private readonly HeardAnswer _heard;
    private readonly TimeProvider _time;
    private readonly TurnLog _log;
    private readonly TurnClock _clock;
    private readonly Answerer _answerer;
    private ChatMessage? _said;

    public TurnRunner(
        VoiceInput input,
        IReadOnlyList<ChatMessage> history,
        VoiceClients clients,
        VoiceOptions options,
        EventQueue events,
        HeardAnswer heard,
        TimeProvider time
    )
    {
        _input = input;
        _history = history;
        _clients = clients;
        _options = options;
        _events = events;
        _heard = heard;
        _time = time;
        _log = new TurnLog(events);
        _clock = new TurnClock(events, heard);
        _answerer = new Answerer(clients, options, events, _log, _clock, time);
    }

    public VoiceUsage Usage => _log.Usage;

    public VoiceTimings Timings => _clock.Result;

    /// <param name="heard">What was heard of the answer; null when all of it was.</param>
    public IReadOnlyList<ChatMessage> Messages(string? heard) =>
        _said is null ? _answerer.Messages(heard) : [_said, .. _answerer.Messages(heard)];

    public bool AnswerTool(string callId, string result) => _answerer.AnswerTool(callId, result);

    public async Task<VoiceOutcome> RunAsync(CancellationToken caller)
    {
        using var timeout = new CancellationTokenSource(_options.TurnTimeout, _time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(caller, timeout.Token);
        try
        {
            _events.Post(new TurnStarted());
            await RunStagesAsync(all.Token).ConfigureAwait(false);
            return VoiceOutcome.Completed;
        }
        catch (Exception) when (caller.IsCancellationRequested)
        {
            return VoiceOutcome.Interrupted;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Fail(
                new VoiceException(
                    VoiceErrorCodes.TurnTimeout,
                    VoiceStage.Delivery,
                    $"The turn took longer than {_options.TurnTimeout.TotalSeconds:0.#} s.",
                    isRetryable: true
                )
            );
        }
        // Whatever it is: a caller who is told nothing waits for ever.
        catch (Exception failure)
        {
            return Fail(StageFailure.Of(failure, VoiceStage.Delivery));
        }
    }

    private VoiceOutcome Fail(VoiceException failure)
    {
        _events.Post(new TurnFailed(failure));
        return VoiceOutcome.Failed;
    }

    private async Task RunStagesAsync(CancellationToken cancellationToken)
    {
        if (await ReadInputAsync(cancellationToken).ConfigureAwait(false) is { } words)
            _said = new ChatMessage(ChatRole.User, words);
        _clock.Transcript();

        var pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
        // One stage that fails ends the others; the first failure is the turn's.
        using var stages = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task speaking = SpeakAsync(pieces.Reader, stages);
        Exception? failure = null;
        try
        {
            List<ChatMessage> messages = _said is null ? [.. _history] : [.. _history, _said];
            await _answerer.AnswerAsync(messages, pieces.Writer, stages.Token).ConfigureAwait(false);
        }
        catch (Exception broken)
        {
            failure = broken;
        }
        // What was written before is still spoken to its end: half a sentence is worse than an error after it.
        pieces.Writer.TryComplete();
        await speaking.ConfigureAwait(false);
        if (failure is not null)
            throw failure;
    }

    private async ValueTask<string?> ReadInputAsync(CancellationToken cancellationToken)
    {
        if (_input.Audio is null)
        {
            _events.EndSpeech();
            return _input.Text;
        }
        return await new Hearer(_clients, _options, _events, _log, _clock, _time)
            .HearAsync(_input, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task SpeakAsync(ChannelReader<string> pieces, CancellationTokenSource stages)
    {
        try
        {
            await new Speaker(_clients, _options, _events, _log, _clock, _heard, _time)
                .SpeakAsync(pieces, stages.Token)
                .ConfigureAwait(false);
        }
        catch
        {
            await stages.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
