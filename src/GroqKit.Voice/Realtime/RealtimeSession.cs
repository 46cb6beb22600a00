using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>
/// Talks OpenAI's Realtime protocol over a cascade of speech to text, a language model and text to speech, so that clients of that protocol work
/// unmodified. Runs for one caller. What a caller does wrong is answered by an <c>error</c> event, and the session goes on.
/// </summary>
public sealed class RealtimeSession : IDisposable
{
    private static readonly string[] ItemEvents = ["conversation.item.added", "conversation.item.done"];
    private readonly RealtimeOptions _options;
    private readonly TimeProvider _time;
    private readonly IRealtimeConnection _connection;
    private readonly RealtimeOut _output;
    private readonly RealtimeConversation _conversation = new();
    private readonly RealtimeEar _ear;
    private RealtimeSettings _settings;
    private Task _hearing = Task.CompletedTask;
    private Task _answering = Task.CompletedTask;
    private CancellationTokenSource _ending = new();
    private volatile string _endReason = "client_cancelled";
    private string _nextItem = RealtimeConversation.NewId("item");

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
        _time = timeProvider ?? TimeProvider.System;
        _output = new RealtimeOut(connection);
        Id = RealtimeConversation.NewId("sess");
        _settings = RealtimeSettings.Default(Id, options.Model);
        if (options.Instructions is { Length: > 0 } instructions)
            _settings = _settings.With(new JsonObject { ["instructions"] = instructions });
        _ear = new RealtimeEar(_settings);
    }

    /// <summary>The session's name.</summary>
    public string Id { get; }

    /// <summary>Runs until the caller leaves; everything that was begun for it has ended then.</summary>
    /// <param name="cancellationToken">Ends the session.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _output
                .SendAsync("session.created", new JsonObject { ["session"] = _settings.ToJson() }, cancellationToken)
                .ConfigureAwait(false);
            while (await _connection.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { } json)
                await HandleAsync(json, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await EndAnswerAsync("client_cancelled").ConfigureAwait(false);
            await _hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        _ending.Dispose();
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        string? eventId = null;
        try
        {
            JsonObject happened = Parse(json);
            eventId = Members.Text(happened["event_id"], "event_id");
            await HandleAsync(happened, cancellationToken).ConfigureAwait(false);
        }
        catch (RealtimeException wrong)
        {
            await _output
                .SendErrorAsync(
                    "invalid_request_error",
                    wrong.Code,
                    wrong.Message,
                    wrong.Param,
                    eventId,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (VoiceException refused)
        {
            await _output
                .SendErrorAsync("server_error", refused.Code, refused.Message, null, eventId, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static JsonObject Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonNode.Parse(json.Span) as JsonObject
                ?? throw new RealtimeException("invalid_json", "An event is a JSON object.");
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            throw new RealtimeException("invalid_json", "The event is no valid JSON.");
        }
    }

    private Task HandleAsync(JsonObject happened, CancellationToken cancellationToken) =>
        Members.Text(happened["type"], "type") switch
        {
            "session.update" => UpdateAsync(happened, cancellationToken),
            "input_audio_buffer.append" => AppendAsync(happened, cancellationToken),
            "input_audio_buffer.commit" => CommitAsync(cancellationToken),
            "input_audio_buffer.clear" => ClearAsync(cancellationToken),
            "conversation.item.create" => CreateItemAsync(happened, cancellationToken),
            "conversation.item.retrieve" => RetrieveItemAsync(happened, cancellationToken),
            "conversation.item.delete" => DeleteItemAsync(happened, cancellationToken),
            "conversation.item.truncate" => TruncateItemAsync(happened, cancellationToken),
            "response.create" => AnswerAsync(Members.Object(happened["response"], "response"), cancellationToken),
            "response.cancel" => CancelAsync(),
            null => throw RealtimeException.Missing("type"),
            var other => throw new RealtimeException("unknown_event", $"type: there is no event '{other}'.", "type"),
        };

    private async Task UpdateAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        JsonObject changes =
            Members.Object(happened["session"], "session") ?? throw RealtimeException.Missing("session");
        if (Members.Text(changes["type"], "session.type") is not (null or "realtime"))
            throw RealtimeException.Wrong("session.type", "must be realtime.");
        _settings = _settings.With(changes);
        _ear.Change(_settings);
        await _output
            .SendAsync("session.updated", new JsonObject { ["session"] = _settings.ToJson() }, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task AppendAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        string text = Members.Text(happened["audio"], "audio") ?? throw RealtimeException.Missing("audio");
        byte[] bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out int count))
            throw RealtimeException.Wrong("audio", "is no base64.");
        _ear.Append(bytes.AsSpan(0, count));
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
        await _output
            .SendAsync(
                "input_audio_buffer.speech_started",
                new JsonObject { ["audio_start_ms"] = _ear.SpeechStart, ["item_id"] = _nextItem },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (_settings.Detection is { Interrupts: true })
            await EndAnswerAsync("turn_detected").ConfigureAwait(false);
    }

    private async Task SpeechEndedAsync(CancellationToken cancellationToken)
    {
        await _output
            .SendAsync(
                "input_audio_buffer.speech_stopped",
                new JsonObject { ["audio_end_ms"] = _ear.Position, ["item_id"] = _nextItem },
                cancellationToken
            )
            .ConfigureAwait(false);
        await CommitAsync(cancellationToken).ConfigureAwait(false);
        if (_settings.Detection is { CreatesResponse: true })
            await AnswerAsync(null, cancellationToken).ConfigureAwait(false);
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_ear.IsEmpty)
            throw new RealtimeException("input_audio_buffer_commit_empty", "There is no sound to commit.");
        byte[] sound = _ear.Take();
        var item = new RealtimeItem(
            _nextItem,
            new JsonObject
            {
                ["id"] = _nextItem,
                ["object"] = "realtime.item",
                ["type"] = "message",
                ["status"] = "completed",
                ["role"] = "user",
                ["content"] = new JsonArray(new JsonObject { ["type"] = "input_audio", ["transcript"] = null }),
            }
        );
        _nextItem = RealtimeConversation.NewId("item");
        string? before = _conversation.Add(item);
        await _output
            .SendAsync(
                "input_audio_buffer.committed",
                new JsonObject { ["previous_item_id"] = before, ["item_id"] = item.Id },
                cancellationToken
            )
            .ConfigureAwait(false);
        await SendItemAsync(item, before, cancellationToken).ConfigureAwait(false);
        Task earlier = _hearing;
        _hearing = HearAsync(item, sound, earlier, _settings, cancellationToken);
    }

    // In the background, in order: an answer waits for it, the caller's next events don't.
    private async Task HearAsync(
        RealtimeItem item,
        byte[] sound,
        Task earlier,
        RealtimeSettings settings,
        CancellationToken cancellationToken
    )
    {
        await earlier.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        const string Event = "conversation.item.input_audio_transcription.";
        try
        {
            using var stream = new MemoryStream(sound);
            (TranscriptDone heard, VoiceUsage usage) = await Pipeline(settings)
                .HearAsync(VoiceInput.FromAudio(stream), cancellationToken)
                .ConfigureAwait(false);
            item.SetText(heard.Text);
            await _options.Ended(usage, new VoiceTimings(), VoiceOutcome.Completed).ConfigureAwait(false);
            if (!settings.IsTranscribed)
                return;
            await _output
                .SendAsync(
                    Event + "completed",
                    new JsonObject
                    {
                        ["item_id"] = item.Id,
                        ["content_index"] = 0,
                        ["transcript"] = heard.Text,
                        ["usage"] = new JsonObject
                        {
                            ["type"] = "duration",
                            ["seconds"] = heard.Duration?.TotalSeconds ?? 0,
                        },
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (VoiceException failure)
        {
            await _output
                .SendAsync(
                    Event + "failed",
                    new JsonObject
                    {
                        ["item_id"] = item.Id,
                        ["content_index"] = 0,
                        ["error"] = new JsonObject
                        {
                            ["type"] = "transcription_error",
                            ["code"] = failure.Code,
                            ["message"] = failure.Message,
                            ["param"] = null,
                        },
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    private Task ClearAsync(CancellationToken cancellationToken)
    {
        _ear.Clear();
        return _output.SendAsync("input_audio_buffer.cleared", [], cancellationToken);
    }

    private async Task CreateItemAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = RealtimeConversation.Read(happened["item"], "item");
        string? before = _conversation.Add(item, Members.Text(happened["previous_item_id"], "previous_item_id"));
        await SendItemAsync(item, before, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendItemAsync(RealtimeItem item, string? before, CancellationToken cancellationToken)
    {
        foreach (string type in ItemEvents)
        {
            var members = new JsonObject { ["previous_item_id"] = before, ["item"] = item.Json.DeepClone() };
            await _output.SendAsync(type, members, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task RetrieveItemAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = _conversation.Get(Members.Text(happened["item_id"], "item_id"));
        return _output.SendAsync(
            "conversation.item.retrieved",
            new JsonObject { ["item"] = item.Json.DeepClone() },
            cancellationToken
        );
    }

    private Task DeleteItemAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = _conversation.Get(Members.Text(happened["item_id"], "item_id"));
        _conversation.Remove(item);
        return _output.SendAsync(
            "conversation.item.deleted",
            new JsonObject { ["item_id"] = item.Id },
            cancellationToken
        );
    }

    // The caller knows what it has played; what was not heard leaves the conversation.
    private Task TruncateItemAsync(JsonObject happened, CancellationToken cancellationToken)
    {
        RealtimeItem item = _conversation.Get(Members.Text(happened["item_id"], "item_id"));
        double end =
            Members.Number(happened["audio_end_ms"], "audio_end_ms") ?? throw RealtimeException.Missing("audio_end_ms");
        if (item.Heard is not { } heard)
            throw RealtimeException.Wrong("item_id", "only spoken answers can be truncated.");
        if (end < 0 || end > heard.Given.TotalMilliseconds + 1)
            throw RealtimeException.Wrong("audio_end_ms", $"must be from 0 to {heard.Given.TotalMilliseconds:0}.");
        item.SetText(heard.TextAt(TimeSpan.FromMilliseconds(end)));
        return _output.SendAsync(
            "conversation.item.truncated",
            new JsonObject
            {
                ["item_id"] = item.Id,
                ["content_index"] = 0,
                ["audio_end_ms"] = (int)end,
            },
            cancellationToken
        );
    }

    private async Task AnswerAsync(JsonObject? asked, CancellationToken cancellationToken)
    {
        if (!_answering.IsCompleted)
            throw new RealtimeException("conversation_already_has_active_response", "An answer still goes on.");
        RealtimeSettings settings = asked is null ? _settings : _settings.With(Changes(asked));
        bool isKept = Members.Text(asked?["conversation"], "response.conversation") is not "none";
        List<ChatMessage>? input = Members.Array(asked?["input"], "response.input") is { } items
            ?
            [
                .. items
                    .Select((item, i) => RealtimeConversation.Read(item, $"response.input[{i}]").ToMessage())
                    .OfType<ChatMessage>(),
            ]
            : null;
        await _options.Admit(cancellationToken).ConfigureAwait(false);
        _ending.Dispose();
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _answering = RunAnswerAsync(settings, isKept, input, asked?["metadata"], _ending.Token, cancellationToken);
    }

    private async Task RunAnswerAsync(
        RealtimeSettings settings,
        bool isKept,
        List<ChatMessage>? input,
        JsonNode? metadata,
        CancellationToken ending,
        CancellationToken session
    )
    {
        await Task.Yield();
        // What the caller said last has to be known before it can be answered.
        await _hearing.WaitAsync(ending).ConfigureAwait(false);
        List<ChatMessage> messages = input ?? _conversation.ToMessages();
        if (settings.Instructions is { Length: > 0 } instructions)
            messages.Insert(0, new ChatMessage(ChatRole.System, instructions));
        VoiceTurn turn = Pipeline(settings).Start(VoiceInput.FromHistory(), messages, null, ending);
        await using (turn.ConfigureAwait(false))
        {
            var answer = new RealtimeAnswer(_output, _conversation, settings, turn, isKept, metadata);
            // The caller is told of an answer that was ended, too.
            VoiceOutcome outcome = await answer.RunAsync(() => _endReason, session).ConfigureAwait(false);
            await _options.Ended(turn.Usage, turn.Timings, outcome).ConfigureAwait(false);
        }
    }

    private static JsonObject Changes(JsonObject asked)
    {
        var changes = (JsonObject)asked.DeepClone();
        foreach (string own in (ReadOnlySpan<string>)["conversation", "input", "metadata", "prompt"])
            changes.Remove(own);
        return changes;
    }

    private async Task CancelAsync()
    {
        if (_answering.IsCompleted)
            throw new RealtimeException("response_cancel_not_active", "There is no answer that goes on.");
        await EndAnswerAsync("client_cancelled").ConfigureAwait(false);
    }

    private async Task EndAnswerAsync(string reason)
    {
        if (_answering.IsCompleted)
            return;
        _endReason = reason;
        await _ending.CancelAsync().ConfigureAwait(false);
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private VoicePipeline Pipeline(RealtimeSettings settings)
    {
        VoiceClients clients = _options.Clients(settings);
        ChatOptions answering = clients.AnswerOptions?.Clone() ?? new ChatOptions();
        if (settings.Tools.Count > 0)
            answering.Tools = [.. settings.Tools];
        answering.ToolMode = settings.ToolChoice ?? answering.ToolMode;
        answering.MaxOutputTokens = settings.MaxOutputTokens ?? answering.MaxOutputTokens;
        return new VoicePipeline(
            clients with
            {
                AnswerOptions = answering,
                TextToSpeech = settings.SpeaksAudio ? clients.TextToSpeech : null,
            },
            _options.Voice with
            {
                Output = settings.OutputFormat,
            },
            _time
        );
    }
}
