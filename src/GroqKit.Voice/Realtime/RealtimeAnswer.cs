using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>Tells one answer of a realtime session to the caller, while it is made.</summary>
internal sealed class RealtimeAnswer(
    RealtimeOut output,
    RealtimeConversation conversation,
    RealtimeSettings settings,
    bool isKept,
    JsonNode? metadata,
    TimeProvider time
)
{
    private readonly JsonArray _items = [];
    private readonly StringBuilder _words = new();
    private VoiceTurn? _turn;
    private RealtimeItem? _message;
    private int _messageIndex;
    private RealtimeFault? _failure;
    private long? _firstSound;
    private bool _isTold;
    private volatile bool _isDone;
    private VoiceOutcome _outcome;
    private Func<string> _endReason = static () => "client_cancelled";

    /// <summary>Whether its end was told.</summary>
    public bool IsDone => _isDone;

    public string Id { get; } = RealtimeConversation.NewId("resp");

    /// <summary>How long it can still be heard, by a caller who plays it as it comes; zero for one that was ended or cut.</summary>
    public TimeSpan Remaining =>
        _firstSound is { } first && _outcome != VoiceOutcome.Interrupted && _message is { IsTruncated: false }
            ? Positive(_turn!.Heard.Given - time.GetElapsedTime(first))
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
            await EndMessageAsync(cancellationToken).ConfigureAwait(false);
        string status = _outcome switch
        {
            VoiceOutcome.Completed => "completed",
            VoiceOutcome.Interrupted => "cancelled",
            _ => "failed",
        };
        await EndAsync(status, cancellationToken).ConfigureAwait(false);
        return _outcome;
    }

    /// <summary>Tells that there is no answer, or no more of it, because of a fault; nothing where its end was told.</summary>
    public async Task FailAsync(RealtimeFault fault, CancellationToken cancellationToken)
    {
        if (_isDone)
            return;
        _failure = fault;
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await EndAsync("failed", cancellationToken).ConfigureAwait(false);
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_isTold)
            return;
        _isTold = true;
        await SendResponseAsync("response.created", "in_progress", cancellationToken).ConfigureAwait(false);
    }

    private Task EndAsync(string status, CancellationToken cancellationToken)
    {
        _isDone = true;
        return SendResponseAsync("response.done", status, cancellationToken);
    }

    private async Task TellAsync(VoiceEvent happened, CancellationToken cancellationToken)
    {
        switch (happened)
        {
            case AnswerDelta delta when !settings.SpeaksAudio:
                await BeginMessageAsync(cancellationToken).ConfigureAwait(false);
                _words.Append(delta.Text);
                await SendPartAsync("response.output_text.delta", "delta", delta.Text, cancellationToken)
                    .ConfigureAwait(false);
                break;
            case AnswerSentence sentence when settings.SpeaksAudio:
                await BeginMessageAsync(cancellationToken).ConfigureAwait(false);
                string text = _words.Length > 0 ? " " + sentence.Text : sentence.Text;
                _words.Append(text);
                await SendPartAsync("response.output_audio_transcript.delta", "delta", text, cancellationToken)
                    .ConfigureAwait(false);
                break;
            case AudioDelta sound:
                _firstSound ??= time.GetTimestamp();
                await SendPartAsync(
                        "response.output_audio.delta",
                        "delta",
                        Convert.ToBase64String(sound.Data.Span),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
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

    private async Task BeginMessageAsync(CancellationToken cancellationToken)
    {
        if (_message is not null)
            return;
        string id = RealtimeConversation.NewId("item");
        var item = new JsonObject
        {
            ["id"] = id,
            ["object"] = "realtime.item",
            ["type"] = "message",
            ["status"] = "in_progress",
            ["role"] = "assistant",
            ["content"] = new JsonArray(),
        };
        _message = new RealtimeItem(id, item) { Heard = settings.SpeaksAudio ? _turn!.Heard : null };
        _messageIndex = _items.Count;
        _items.Add(item.DeepClone());
        await AddAsync(_message, _messageIndex, cancellationToken).ConfigureAwait(false);
        JsonObject part = settings.SpeaksAudio
            ? new JsonObject { ["type"] = "output_audio", ["transcript"] = "" }
            : new JsonObject { ["type"] = "output_text", ["text"] = "" };
        _message.AddPart(part);
        await output
            .SendAsync("response.content_part.added", Place(("part", PartOf(""))), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task EndMessageAsync(CancellationToken cancellationToken)
    {
        string words = _words.ToString();
        _message!.SetText(words);
        _message.Set("status", _outcome == VoiceOutcome.Completed ? "completed" : "incomplete");
        if (settings.SpeaksAudio)
        {
            await output.SendAsync("response.output_audio.done", Place(), cancellationToken).ConfigureAwait(false);
            await SendPartAsync("response.output_audio_transcript.done", "transcript", words, cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            await SendPartAsync("response.output_text.done", "text", words, cancellationToken).ConfigureAwait(false);
        }
        await output
            .SendAsync("response.content_part.done", Place(("part", PartOf(words))), cancellationToken)
            .ConfigureAwait(false);
        await DoneAsync(_message, _messageIndex, cancellationToken).ConfigureAwait(false);
    }

    private async Task TellCallAsync(ToolRequested call, CancellationToken cancellationToken)
    {
        string id = RealtimeConversation.NewId("item");
        var json = new JsonObject
        {
            ["id"] = id,
            ["object"] = "realtime.item",
            ["type"] = "function_call",
            ["status"] = "in_progress",
            ["name"] = call.Name,
            ["call_id"] = call.CallId,
            ["arguments"] = "",
        };
        var item = new RealtimeItem(id, json);
        int index = _items.Count;
        _items.Add(json.DeepClone());
        await AddAsync(item, index, cancellationToken).ConfigureAwait(false);
        JsonObject place = new()
        {
            ["response_id"] = Id,
            ["item_id"] = id,
            ["output_index"] = index,
            ["call_id"] = call.CallId,
        };
        var delta = (JsonObject)place.DeepClone();
        delta["delta"] = call.Arguments;
        await output
            .SendAsync("response.function_call_arguments.delta", delta, cancellationToken)
            .ConfigureAwait(false);
        place["name"] = call.Name;
        place["arguments"] = call.Arguments;
        await output.SendAsync("response.function_call_arguments.done", place, cancellationToken).ConfigureAwait(false);
        item.Set("arguments", call.Arguments);
        item.Set("status", "completed");
        await DoneAsync(item, index, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(RealtimeItem item, int index, CancellationToken cancellationToken)
    {
        await output
            .SendAsync("response.output_item.added", ItemAt(item, index), cancellationToken)
            .ConfigureAwait(false);
        if (!isKept)
            return;
        string? before = conversation.Add(item);
        await output
            .SendAsync(
                "conversation.item.added",
                new JsonObject { ["previous_item_id"] = before, ["item"] = item.ToJson() },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task DoneAsync(RealtimeItem item, int index, CancellationToken cancellationToken)
    {
        _items[index] = item.ToJson();
        if (isKept)
        {
            await output
                .SendAsync(
                    "conversation.item.done",
                    new JsonObject { ["previous_item_id"] = null, ["item"] = item.ToJson() },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        await output
            .SendAsync("response.output_item.done", ItemAt(item, index), cancellationToken)
            .ConfigureAwait(false);
    }

    private JsonObject ItemAt(RealtimeItem item, int index) =>
        new()
        {
            ["response_id"] = Id,
            ["output_index"] = index,
            ["item"] = item.ToJson(),
        };

    private JsonObject PartOf(string words) =>
        settings.SpeaksAudio
            ? new JsonObject { ["type"] = "audio", ["transcript"] = words }
            : new JsonObject { ["type"] = "text", ["text"] = words };

    private Task SendPartAsync(string type, string name, string value, CancellationToken cancellationToken) =>
        output.SendAsync(type, Place((name, value)), cancellationToken);

    private JsonObject Place(params (string Name, JsonNode? Value)[] more)
    {
        var place = new JsonObject
        {
            ["response_id"] = Id,
            ["item_id"] = _message!.Id,
            ["output_index"] = _messageIndex,
            ["content_index"] = 0,
        };
        foreach ((string name, JsonNode? value) in more)
            place[name] = value;
        return place;
    }

    private Task SendResponseAsync(string type, string status, CancellationToken cancellationToken) =>
        output.SendAsync(
            type,
            new JsonObject
            {
                ["response"] = new JsonObject
                {
                    ["id"] = Id,
                    ["object"] = "realtime.response",
                    ["status"] = status,
                    ["status_details"] = Details(status),
                    ["output"] = _items.DeepClone(),
                    ["conversation_id"] = isKept ? RealtimeConversation.Name : null,
                    ["output_modalities"] = new JsonArray(settings.SpeaksAudio ? "audio" : "text"),
                    ["max_output_tokens"] = settings.MaxOutputTokens is { } most ? most : "inf",
                    ["usage"] = status == "in_progress" ? null : Usage(),
                    ["metadata"] = metadata?.DeepClone(),
                },
            },
            cancellationToken
        );

    private JsonObject? Details(string status) =>
        status switch
        {
            "cancelled" => new JsonObject { ["type"] = "cancelled", ["reason"] = _endReason() },
            "failed" => new JsonObject
            {
                ["type"] = "failed",
                ["error"] = new JsonObject
                {
                    ["type"] = _failure?.Type,
                    ["code"] = _failure?.Code,
                    ["message"] = _failure?.Message,
                },
            },
            _ => null,
        };

    private IEnumerable<VoiceCall> Answering => _turn?.Usage.Answering ?? [];

    private JsonObject Usage()
    {
        long input = 0;
        long cached = 0;
        long written = 0;
        foreach (UsageDetails usage in Answering.Select(call => call.Usage).OfType<UsageDetails>())
        {
            input += usage.InputTokenCount ?? 0;
            cached += usage.CachedInputTokenCount ?? 0;
            written += usage.OutputTokenCount ?? 0;
        }
        return new JsonObject
        {
            ["total_tokens"] = input + written,
            ["input_tokens"] = input,
            ["output_tokens"] = written,
            ["input_token_details"] = new JsonObject
            {
                ["text_tokens"] = input,
                ["audio_tokens"] = 0,
                ["image_tokens"] = 0,
                ["cached_tokens"] = cached,
            },
            ["output_token_details"] = new JsonObject { ["text_tokens"] = written, ["audio_tokens"] = 0 },
        };
    }
}
