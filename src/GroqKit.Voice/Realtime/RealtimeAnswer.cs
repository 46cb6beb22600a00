using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>Tells one answer of a realtime session to the caller, while it is made.</summary>
internal sealed class RealtimeAnswer
{
    private readonly RealtimeOut _output;
    private readonly RealtimeSettings _settings;
    private readonly TimeProvider _time;
    private readonly RealtimeResponse _response;
    private readonly RealtimeAnswerItems _items;
    private VoiceTurn? _turn;
    private RealtimeMessage? _message;
    private RealtimeFault? _failure;
    private long? _firstSound;
    private bool _isTold;
    private volatile bool _isDone;
    private VoiceOutcome _outcome;
    private Func<string> _endReason = static () => RealtimeAnswers.ClientCancelled;

    /// <param name="output">Tells the caller.</param>
    /// <param name="conversation">What it becomes a part of; null for an answer outside of it.</param>
    /// <param name="settings">How it is made.</param>
    /// <param name="metadata">What the caller noted on it; null for nothing.</param>
    /// <param name="time">The clock.</param>
    public RealtimeAnswer(
        RealtimeOut output,
        RealtimeConversation? conversation,
        RealtimeSettings settings,
        JsonNode? metadata,
        TimeProvider time
    )
    {
        _output = output;
        _settings = settings;
        _time = time;
        _response = new RealtimeResponse(settings, isKept: conversation is not null, metadata);
        _items = new RealtimeAnswerItems(output, _response, conversation);
    }

    /// <summary>Whether its end was told.</summary>
    public bool IsDone => _isDone;

    /// <summary>How long it can still be heard, by a caller who plays it as it comes; zero for one that was ended or cut.</summary>
    public TimeSpan Remaining =>
        _firstSound is { } first && _outcome != VoiceOutcome.Interrupted && _message is { IsTruncated: false }
            ? Positive(_turn!.Heard.Given - _time.GetElapsedTime(first))
            : TimeSpan.Zero;

    /// <param name="turn">Makes the answer.</param>
    /// <param name="endReason">Why the answer was ended early: turn_detected or client_cancelled.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    public async Task<VoiceOutcome> RunAsync(
        VoiceTurn turn,
        Func<string> endReason,
        CancellationToken cancellationToken
    )
    {
        _turn = turn;
        _endReason = endReason;
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await foreach (VoiceEvent happened in turn.ReadAsync().ConfigureAwait(false))
            await TellAsync(happened, cancellationToken).ConfigureAwait(false);
        if (_message is not null)
            await _message.EndAsync(_outcome == VoiceOutcome.Completed, cancellationToken).ConfigureAwait(false);
        await EndAsync(_outcome, cancellationToken).ConfigureAwait(false);
        return _outcome;
    }

    /// <summary>Tells that there is no answer, or no more of it, because of a fault; nothing where its end was told.</summary>
    public async Task FailAsync(RealtimeFault fault, CancellationToken cancellationToken)
    {
        if (_isDone)
            return;
        _failure = fault;
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await EndAsync(VoiceOutcome.Failed, cancellationToken).ConfigureAwait(false);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_isTold)
            return;
        _isTold = true;
        await SendAsync("response.created", _response.Begun(), cancellationToken).ConfigureAwait(false);
    }

    private Task EndAsync(VoiceOutcome outcome, CancellationToken cancellationToken)
    {
        _isDone = true;
        return SendAsync(
            "response.done",
            _response.Ended(outcome, _endReason(), _failure, _turn?.Usage.Answering ?? []),
            cancellationToken
        );
    }

    private Task SendAsync(string type, JsonObject response, CancellationToken cancellationToken) =>
        _output.SendAsync(type, new JsonObject { ["response"] = response }, cancellationToken);

    private async Task TellAsync(VoiceEvent happened, CancellationToken cancellationToken)
    {
        switch (happened)
        {
            case AnswerDelta delta when !_settings.SpeaksAudio:
                await WriteAsync(delta.Text, cancellationToken).ConfigureAwait(false);
                break;
            case AnswerSentence sentence when _settings.SpeaksAudio:
                await WriteAsync(sentence.Text, cancellationToken).ConfigureAwait(false);
                break;
            case AudioDelta sound:
                _firstSound ??= _time.GetTimestamp();
                await _message!.SpeakAsync(sound.Data, cancellationToken).ConfigureAwait(false);
                break;
            case ToolRequested call:
                await TellCallAsync(call, cancellationToken).ConfigureAwait(false);
                break;
            case TurnFailed failed:
                _failure = RealtimeFault.Of(failed.Error);
                break;
            case TurnDone done:
                _outcome = done.Outcome;
                break;
        }
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (_message is null)
        {
            HeardAnswer? heard = _settings.SpeaksAudio ? _turn!.Heard : null;
            _message = new RealtimeMessage(_output, _items, _response.Id, heard);
            await _message.BeginAsync(cancellationToken).ConfigureAwait(false);
        }
        await _message.WriteAsync(text, cancellationToken).ConfigureAwait(false);
    }

    private async Task TellCallAsync(ToolRequested call, CancellationToken cancellationToken)
    {
        string id = RealtimeConversation.NewId("item");
        var item = new RealtimeItem(
            id,
            new JsonObject
            {
                ["id"] = id,
                ["object"] = "realtime.item",
                ["type"] = "function_call",
                ["status"] = "in_progress",
                ["name"] = call.Name,
                ["call_id"] = call.CallId,
                ["arguments"] = "",
            }
        );
        int index = await _items.AddAsync(item, cancellationToken).ConfigureAwait(false);
        JsonObject place = new()
        {
            ["response_id"] = _response.Id,
            ["item_id"] = id,
            ["output_index"] = index,
            ["call_id"] = call.CallId,
        };
        var delta = (JsonObject)place.DeepClone();
        delta["delta"] = call.Arguments;
        await _output
            .SendAsync("response.function_call_arguments.delta", delta, cancellationToken)
            .ConfigureAwait(false);
        place["name"] = call.Name;
        place["arguments"] = call.Arguments;
        await _output
            .SendAsync("response.function_call_arguments.done", place, cancellationToken)
            .ConfigureAwait(false);
        item.Set("arguments", call.Arguments);
        item.Set("status", "completed");
        await _items.EndAsync(item, index, cancellationToken).ConfigureAwait(false);
    }
}
