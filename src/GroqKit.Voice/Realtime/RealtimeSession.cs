using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>
/// Talks OpenAI's Realtime protocol over a cascade of speech to text, a language model and text to speech, so that clients of that protocol work
/// unmodified. Runs for one caller. What a caller does wrong is answered by an <c>error</c> event, and the session goes on.
/// </summary>
public sealed class RealtimeSession : IDisposable
{
    private static readonly JsonDocumentOptions Once = new() { AllowDuplicateProperties = false };

    private const int LongestId = 512;

    private readonly IRealtimeConnection _connection;
    private readonly RealtimeOptions _options;
    private readonly RealtimeOut _output;
    private readonly RealtimeConversation _conversation = new();
    private readonly RealtimeEar _ear;
    private readonly RealtimeItemEvents _items;
    private readonly RealtimeHearing _hearing;
    private readonly RealtimeAnswers _answers;
    private RealtimeSettings _settings;
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
        _output = new RealtimeOut(connection);
        TimeProvider time = timeProvider ?? TimeProvider.System;
        _items = new RealtimeItemEvents(_conversation, _output);
        _hearing = new RealtimeHearing(options, _output, time);
        _answers = new RealtimeAnswers(options, _conversation, _hearing, _output, time);
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
            await _answers.EndAsync(RealtimeAnswers.ClientCancelled).ConfigureAwait(false);
            await _hearing.Heard.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        _answers.Dispose();
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        string? eventId = null;
        try
        {
            JsonObject happened = Parse(json);
            eventId = Members.Text(happened["event_id"], "event_id");
            if (eventId is { Length: > LongestId })
            {
                eventId = null;
                throw RealtimeException.Wrong("event_id", $"has more than {LongestId} characters.");
            }
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
        catch (Exception fault) when (!_output.IsBroken && !cancellationToken.IsCancellationRequested)
        {
            _options.Faulted(fault);
            const string Message = "The event failed by a fault of the server.";
            await _output
                .SendErrorAsync("server_error", "internal_error", Message, null, eventId, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static JsonObject Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            EventText.Check(json.Span);
            return JsonNode.Parse(json.Span, documentOptions: Once) as JsonObject
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
            "conversation.item.create" => _items.CreateAsync(happened, cancellationToken),
            "conversation.item.retrieve" => _items.RetrieveAsync(happened, cancellationToken),
            "conversation.item.delete" => _items.DeleteAsync(happened, cancellationToken),
            "conversation.item.truncate" => _items.TruncateAsync(happened, cancellationToken),
            "response.create" => _answers.BeginAsync(
                _settings,
                Members.Object(happened["response"], "response"),
                cancellationToken
            ),
            "response.cancel" => _answers.CancelAsync(),
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
        await TellSpeechAsync("started", "audio_start_ms", _ear.SpeechStart, cancellationToken).ConfigureAwait(false);
        if (_settings.Detection is { Interrupts: true })
            await _answers.EndAsync(RealtimeAnswers.TurnDetected).ConfigureAwait(false);
    }

    private async Task SpeechEndedAsync(CancellationToken cancellationToken)
    {
        await TellSpeechAsync("stopped", "audio_end_ms", _ear.Position, cancellationToken).ConfigureAwait(false);
        await CommitAsync(cancellationToken).ConfigureAwait(false);
        if (_settings.Detection is { CreatesResponse: true })
            await _answers.BeginAsync(_settings, null, cancellationToken).ConfigureAwait(false);
    }

    private Task TellSpeechAsync(string what, string place, int milliseconds, CancellationToken cancellationToken) =>
        _output.SendAsync(
            "input_audio_buffer.speech_" + what,
            new JsonObject { [place] = milliseconds, ["item_id"] = _nextItem },
            cancellationToken
        );

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_ear.IsEmpty)
            throw new RealtimeException("input_audio_buffer_commit_empty", "There is no sound to commit.");
        if (!_hearing.HasRoom)
            throw new RealtimeException(
                "too_much_to_hear",
                "Earlier recordings are still being heard; commit it again."
            );
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
        await _items.TellAsync(item, before, cancellationToken).ConfigureAwait(false);
        _hearing.Begin(item, sound, _settings, cancellationToken);
    }

    private Task ClearAsync(CancellationToken cancellationToken)
    {
        _ear.Clear();
        return _output.SendAsync("input_audio_buffer.cleared", [], cancellationToken);
    }
}
