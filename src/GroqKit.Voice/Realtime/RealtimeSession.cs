using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>
/// Talks OpenAI's Realtime protocol over a cascade of speech to text, a language model and text to speech, so that clients of that protocol work
/// unmodified. Runs for one caller. What a caller does wrong is answered by an <c>error</c> event, and the session goes on.
/// </summary>
public sealed class RealtimeSession : IDisposable
{
    private const int LongestId = 512;

    private readonly IRealtimeConnection _connection;
    private readonly RealtimeOptions _options;
    private readonly RealtimeOut _output;
    private readonly RealtimeConversation _conversation = new();
    private readonly RealtimeEar _ear;
    private readonly RealtimeBufferEvents _buffer;
    private readonly RealtimeItemEvents _items;
    private readonly RealtimeHearing _hearing;
    private readonly RealtimeAnswers _answers;
    private readonly RealtimeSilence _silence;

    // Events are handled one after the other, the caller's and the clock's.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly RealtimeFinish _finish = new();
    private readonly Lock _finishGate = new();
    private Task? _finishing;
    private VoiceException? _farewell;
    private volatile RealtimeSettings _settings;

    /// <summary>Makes a session; <see cref="RunAsync"/> runs it.</summary>
    /// <param name="connection">The line to the caller; it stays its owner's.</param>
    /// <param name="options">What the session begins with.</param>
    /// <param name="timeProvider">The clock. Null: the system's.</param>
    public RealtimeSession(IRealtimeConnection connection, RealtimeOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(options);
        _connection = connection;
        _options = options;
        _output = new RealtimeOut(connection);
        TimeProvider time = timeProvider ?? TimeProvider.System;
        _items = new RealtimeItemEvents(_conversation, _output);
        _hearing = new RealtimeHearing(options, _output, time);
        _silence = new RealtimeSilence(BreakSilenceAsync, time);
        _answers = new RealtimeAnswers(options, _conversation, _hearing, _output, time, WaitForCaller);
        Id = RealtimeConversation.NewId("sess");
        _settings = RealtimeSettings.Begin(
            Id,
            options.Model,
            options.Instructions is { Length: > 0 } instructions
                ? new JsonObject { ["instructions"] = instructions }
                : null,
            options.Session
        );
        _ear = new RealtimeEar(_settings);
        _buffer = new RealtimeBufferEvents(_ear, _hearing, _conversation, _items, _output);
    }

    /// <summary>The session's name.</summary>
    public string Id { get; }

    /// <summary>Runs until the caller leaves; everything that was begun for it has ended then.</summary>
    /// <param name="cancellationToken">Ends the session.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration ended = cancellationToken.Register(_ending.Cancel);
        using var receiving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _finish.Done);
        try
        {
            await _output
                .SendAsync("session.created", new JsonObject { ["session"] = _settings.ToJson() }, cancellationToken)
                .ConfigureAwait(false);
            while (await _connection.ReceiveAsync(receiving.Token).ConfigureAwait(false) is { } json)
                await HandleAsync(json, _ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
            when (_finish.Done.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            if (_farewell is { } reason)
                await TellAsync(reason, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Nobody is there any more who could be told anything.
            await _ending.CancelAsync().ConfigureAwait(false);
            await Finishing().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _silence.EndAsync().ConfigureAwait(false);
            await _answers.EndAsync(RealtimeAnswers.ClientCancelled).ConfigureAwait(false);
            await _hearing.Heard.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Ends the session as soon as it does nothing: at once, or when the answer that is made has ended. What is being said, or heard, at this moment is
    /// answered first; no other answer begins. <see cref="RunAsync"/> returns then. Safe for all threads; the first call counts.
    /// </summary>
    /// <param name="reason">What the caller is told by an <c>error</c> event at the end, in which case no answer begins at all; null for nothing.</param>
    public void Finish(VoiceException? reason = null)
    {
        lock (_finishGate)
            _finishing ??= FinishAsync(reason, _ending.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        _answers.Dispose();
        _silence.Dispose();
        _ending.Dispose();
        _finish.Dispose();
        _turn.Dispose();
    }

    private async Task FinishAsync(VoiceException? reason, CancellationToken ending)
    {
        await _turn.WaitAsync(ending).ConfigureAwait(false);
        _farewell = reason;
        bool isSaying = _settings.Detection is null ? !_ear.IsEmpty : _ear.IsSpeaking;
        bool isHeard = !_hearing.Heard.IsCompleted && !_answers.IsGoingOn;
        _finish.Ask(owesAnswer: reason is null && (isSaying || isHeard));
        _turn.Release();
        while (await GoingOnAsync(ending).ConfigureAwait(false) is { } going)
            await going.WaitAsync(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _finish.EndAsync().ConfigureAwait(false);
    }

    private async Task<Task?> GoingOnAsync(CancellationToken ending)
    {
        await _turn.WaitAsync(ending).ConfigureAwait(false);
        try
        {
            return _finish.IsBusy(Task.WhenAll(_answers.Made, _hearing.Heard), out Task going) ? going : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    // From now on there is nothing to finish.
    private Task Finishing()
    {
        lock (_finishGate)
            return _finishing ??= Task.CompletedTask;
    }

    private async Task AnswerAsync(JsonObject? asked, CancellationToken cancellationToken, string? note = null)
    {
        await _answers.BeginAsync(_settings, asked, cancellationToken, note).ConfigureAwait(false);
        _finish.Settle();
    }

    private Task AnswerAskedAsync(JsonObject happened, CancellationToken cancellationToken) =>
        _finish.PermitsAnswer
            ? AnswerAsync(Members.Object(happened["response"], "response"), cancellationToken)
            : throw new RealtimeException("session_ending", "The session ends; no answer begins any more.");

    private async Task HandleAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        string? eventId = null;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            JsonObject happened = EventText.Parse(json.Span);
            eventId = Members.Text(happened["event_id"], "event_id");
            if (eventId is { Length: > LongestId })
            {
                eventId = null;
                throw RealtimeException.Wrong("event_id", $"has more than {LongestId} characters.");
            }
            await HandleAsync(happened, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (CanTell(fault, cancellationToken))
        {
            await TellAsync(fault, eventId, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _finish.Happened();
            _turn.Release();
        }
    }

    // What ends the session itself is not told within it.
    private bool CanTell(Exception fault, CancellationToken cancellationToken) =>
        fault is RealtimeException or VoiceException || !_output.IsBroken && !cancellationToken.IsCancellationRequested;

    private Task TellAsync(Exception fault, string? eventId, CancellationToken cancellationToken) =>
        _output.SendErrorAsync(
            RealtimeFault.Of(fault, "The event failed", _options.Faulted),
            eventId,
            cancellationToken
        );

    private Task HandleAsync(JsonObject happened, CancellationToken cancellationToken) =>
        Members.Text(happened["type"], "type") switch
        {
            "session.update" => UpdateAsync(happened, cancellationToken),
            "input_audio_buffer.append" => AppendAsync(happened, cancellationToken),
            "input_audio_buffer.commit" => _buffer.CommitAsync(_settings, cancellationToken),
            "input_audio_buffer.clear" => ClearAsync(cancellationToken),
            "conversation.item.create" => _items.CreateAsync(happened, cancellationToken),
            "conversation.item.retrieve" => _items.RetrieveAsync(happened, cancellationToken),
            "conversation.item.delete" => _items.DeleteAsync(happened, cancellationToken),
            "conversation.item.truncate" => _items.TruncateAsync(happened, cancellationToken),
            "response.create" => AnswerAskedAsync(happened, cancellationToken),
            "response.cancel" => _answers.CancelAsync(),
            null => throw RealtimeException.Missing("type"),
            var other => throw new RealtimeException("unknown_event", $"type: there is no event '{other}'.", "type"),
        };

    private async Task UpdateAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        JsonObject changes =
            Members.Object(happened["session"], "session") ?? throw RealtimeException.Missing("session");
        _settings = _settings.With(changes);
        _ear.Change(_settings);
        await _output
            .SendAsync("session.updated", new JsonObject { ["session"] = _settings.ToJson() }, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task AppendAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        _buffer.Append(happened);
        _ear.Least =
            _settings.Detection is { Interrupts: true } && _answers.IsHeard ? _options.MinInterruption : TimeSpan.Zero;
        while (_ear.Next())
        {
            if (_ear.IsSpeaking)
                await SpeechBeganAsync(cancellationToken).ConfigureAwait(false);
            else
                await SpeechEndedAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SpeechBeganAsync(CancellationToken cancellationToken)
    {
        _silence.End();
        await _buffer.StartSpeechAsync(cancellationToken).ConfigureAwait(false);
        if (_settings.Detection is { Interrupts: true })
            await _answers.EndAsync(RealtimeAnswers.TurnDetected).ConfigureAwait(false);
    }

    private async Task SpeechEndedAsync(CancellationToken cancellationToken)
    {
        await _buffer.StopSpeechAsync(cancellationToken).ConfigureAwait(false);
        await _buffer.CommitAsync(_settings, cancellationToken).ConfigureAwait(false);
        if (_settings.Detection is { CreatesResponse: true } && _finish.PermitsAnswer)
            await AnswerAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private void WaitForCaller(TimeSpan stillHeard)
    {
        if (_settings.Detection?.IdleTimeout is { } patience)
            _silence.Begin(stillHeard + patience, _ending.Token);
    }

    // Nobody spoke for too long: the model is to say something, as people do.
    private async Task BreakSilenceAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (
                _settings.Detection?.IdleTimeout is not { } patience
                || _ear.IsSpeaking
                || _answers.IsGoingOn
                || !_finish.PermitsAnswer
            )
                return;
            await _buffer.CommitSilenceAsync(patience, cancellationToken).ConfigureAwait(false);
            string note = $"The user has said nothing for {patience.TotalSeconds:0.#} seconds.";
            await AnswerAsync(null, cancellationToken, note).ConfigureAwait(false);
        }
        catch (Exception fault) when (CanTell(fault, cancellationToken))
        {
            await TellAsync(fault, null, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task ClearAsync(CancellationToken cancellationToken)
    {
        _finish.Settle();
        return _buffer.ClearAsync(cancellationToken);
    }
}
