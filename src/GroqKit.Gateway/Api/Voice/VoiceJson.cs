using System.Buffers;
using System.Text.Json;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Writes the events of a turn as JSON, as server-sent events and as lines.</summary>
internal static class VoiceJson
{
    private const int LongestNumber = 20;

    /// <summary>It is JSON and declared as such: an apostrophe needs no escape.</summary>
    public static JsonWriterOptions Readable { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one whole event: its type, its number as id, and its data.</summary>
    /// <param name="into">Where to; nothing is flushed.</param>
    /// <param name="json">Writes JSON to the same place; its state is its caller's no more.</param>
    /// <param name="happened">The event.</param>
    /// <param name="account">What the turn used so far.</param>
    public static void WriteEvent(
        IBufferWriter<byte> into,
        Utf8JsonWriter json,
        VoiceEvent happened,
        TurnAccount account
    )
    {
        into.Write("event: "u8);
        System.Text.EncodingExtensions.GetBytes(System.Text.Encoding.UTF8, happened.Type, into);
        into.Write("\nid: "u8);
        happened.Sequence.TryFormat(
            into.GetSpan(LongestNumber),
            out int digits,
            provider: System.Globalization.CultureInfo.InvariantCulture
        );
        into.Advance(digits);
        into.Write("\ndata: "u8);
        json.Reset();
        Write(json, happened, account);
        json.Flush();
        into.Write("\n\n"u8);
    }

    /// <summary>Writes one event as a line of its own.</summary>
    /// <inheritdoc cref="WriteEvent"/>
    public static void WriteLine(
        IBufferWriter<byte> into,
        Utf8JsonWriter json,
        VoiceEvent happened,
        TurnAccount account
    )
    {
        json.Reset();
        Write(json, happened, account);
        json.Flush();
        into.Write("\n"u8);
    }

    /// <summary>What is known of a turn: all that came of it once it has ended.</summary>
    public static byte[] ResultOf(TurnRecord turn)
    {
        var into = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(into, Readable);
        json.WriteStartObject();
        json.WriteString("turn_id"u8, turn.Name.Id);
        json.WriteString("agent"u8, turn.Name.Agent);
        json.WriteString("outcome"u8, turn.Outcome is { } outcome ? NameOf(outcome) : null);
        json.WriteString("transcript"u8, turn.Transcript);
        json.WriteString("answer"u8, turn.Answer);
        json.WriteString("heard_text"u8, turn.HeardText);
        json.WriteStartObject("usage"u8);
        WriteUsage(json, turn.Account);
        json.WriteEndObject();
        json.WriteStartObject("timings"u8);
        WriteTimings(json, turn.Turn.Timings);
        json.WriteEndObject();
        if (turn.Failure is { } failure)
        {
            json.WriteStartObject("error"u8);
            WriteError(json, failure);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("error"u8);
        }
        json.WriteEndObject();
        json.Flush();
        return into.WrittenSpan.ToArray();
    }

    public static string NameOf(VoiceOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static void WriteError(Utf8JsonWriter json, VoiceException failure)
    {
        json.WriteString("code"u8, failure.Code);
        json.WriteString("stage"u8, ServiceOf(failure.Stage));
        json.WriteBoolean("retryable"u8, failure.IsRetryable);
        json.WriteString("message"u8, VoiceErrors.MessageOf(failure));
    }

    private static void Write(Utf8JsonWriter json, VoiceEvent happened, TurnAccount account)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, happened.Type);
        json.WriteString("turn_id"u8, happened.TurnId);
        json.WriteNumber("seq"u8, happened.Sequence);
        WriteTime(json, "t_ms", happened.At);
        switch (happened)
        {
            case TranscriptDelta delta:
                json.WriteString("text"u8, delta.Text);
                break;
            case TranscriptDone done:
                json.WriteString("text"u8, done.Text);
                json.WriteString("language"u8, done.Language);
                WriteNumber(json, "confidence", done.Confidence);
                WriteNumber(json, "seconds", done.Duration?.TotalSeconds);
                break;
            case AnswerDelta delta:
                json.WriteString("text"u8, delta.Text);
                break;
            case AnswerSentence sentence:
                json.WriteNumber("index"u8, sentence.Index);
                json.WriteString("text"u8, sentence.Text);
                break;
            case ToolStarted tool:
                json.WriteString("call_id"u8, tool.CallId);
                json.WriteString("name"u8, tool.Name);
                break;
            case ToolDone tool:
                json.WriteString("call_id"u8, tool.CallId);
                json.WriteString("name"u8, tool.Name);
                json.WriteBoolean("succeeded"u8, tool.Succeeded);
                WriteTime(json, "duration_ms", tool.Duration);
                break;
            case ToolRequested tool:
                json.WriteString("call_id"u8, tool.CallId);
                json.WriteString("name"u8, tool.Name);
                json.WriteString("arguments"u8, tool.Arguments);
                break;
            case AudioStarted started:
                json.WriteString("format"u8, started.Format.MediaType);
                json.WriteNumber("sample_rate"u8, started.Format.SampleRate);
                break;
            case AudioDelta sound:
                json.WriteNumber("sentence"u8, sound.Piece);
                WriteTime(json, "offset_ms", sound.Offset);
                WriteTime(json, "duration_ms", sound.Duration);
                json.WriteBase64String("audio"u8, sound.Data.Span);
                break;
            case AudioMark mark:
                json.WriteNumber("sentence"u8, mark.Piece);
                // What the mark of a sentence does not have.
                if (mark.Word is { } word)
                    json.WriteString("word"u8, word);
                WriteTime(json, "start_ms", mark.Start);
                WriteTime(json, "end_ms", mark.End);
                break;
            case ProviderSwitched change:
                json.WriteString("service"u8, ServiceOf(change.Stage));
                json.WriteString("from"u8, SpeakerOf(change, account));
                json.WriteString("to"u8, change.To);
                json.WriteString("reason"u8, ReasonOf(change));
                break;
            case TurnInterrupted interrupted:
                json.WriteString("heard_text"u8, interrupted.HeardText);
                break;
            case TurnUsage:
                WriteUsage(json, account);
                break;
            case TurnTimed timed:
                WriteTimings(json, timed.Timings);
                break;
            case TurnFailed failed:
                WriteError(json, failed.Error);
                break;
            case TurnDone done:
                json.WriteString("outcome"u8, NameOf(done.Outcome));
                break;
        }
        json.WriteEndObject();
    }

    // By the accounts that the calls left: the same figures as in reports.
    private static void WriteUsage(Utf8JsonWriter json, TurnAccount account)
    {
        IReadOnlyList<UsageRecord> records = account.Records;
        json.WriteNumber("stt_seconds"u8, records.Sum(record => record.Speech.AudioIn?.TotalSeconds ?? 0));
        json.WriteNumber("prompt_tokens"u8, records.Sum(record => record.Usage.Prompt));
        json.WriteNumber("completion_tokens"u8, records.Sum(record => record.Usage.Completion));
        json.WriteNumber("tts_characters"u8, records.Sum(record => record.Speech.Characters));
        WriteNumber(json, "cost", (double?)account.Cost);
        json.WriteStartArray("calls"u8);
        foreach (UsageRecord record in records)
        {
            json.WriteStartObject();
            json.WriteString("request_id"u8, record.RequestId);
            json.WriteString("service"u8, Operation.ServiceOf(record.Operation));
            json.WriteString("provider"u8, record.Provider);
            json.WriteString("model"u8, record.Model);
            json.WriteString("fallback"u8, record.Fallback);
            json.WriteNumber("status"u8, record.Status);
            WriteTime(json, "latency_ms", record.Duration);
            WriteNumber(json, "cost", (double?)record.Cost);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // The pipeline knows its own way into the gateway only, when a sentence is said by another.
    // Without the name that the stages' way back into the gateway has.
    private static string ReasonOf(ProviderSwitched change) =>
        change.Reason.StartsWith(change.From + ": ", StringComparison.Ordinal)
            ? change.Reason[(change.From.Length + 2)..]
            : change.Reason;

    private static string SpeakerOf(ProviderSwitched change, TurnAccount account) =>
        change is { Stage: VoiceStage.Speaking, To: null } ? account.BrokenVoice ?? change.From : change.From;

    private static void WriteTimings(Utf8JsonWriter json, VoiceTimings timings)
    {
        WriteTime(json, "transcript_ms", timings.Transcript);
        WriteTime(json, "first_token_ms", timings.FirstToken);
        WriteTime(json, "first_sentence_ms", timings.FirstPiece);
        WriteTime(json, "first_audio_ms", timings.FirstSound);
        WriteTime(json, "answer_ms", timings.AnswerDone);
        WriteTime(json, "total_ms", timings.Total);
        WriteTime(json, "waited_ms", timings.Waited);
        WriteTime(json, "own_ms", timings.Own);
        WriteTime(json, "audio_ms", timings.Sound);
    }

    public static string ServiceOf(VoiceStage stage) =>
        stage switch
        {
            VoiceStage.Input => "input",
            VoiceStage.Hearing => "stt",
            VoiceStage.Answering => "llm",
            VoiceStage.Speaking => "tts",
            _ => "delivery",
        };

    private static void WriteTime(Utf8JsonWriter json, string name, TimeSpan value) =>
        json.WriteNumber(name, Math.Round(value.TotalMilliseconds, 1));

    private static void WriteTime(Utf8JsonWriter json, string name, TimeSpan? value)
    {
        if (value is { } time)
            WriteTime(json, name, time);
        else
            json.WriteNull(name);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, Math.Round(number, 9));
        else
            json.WriteNull(name);
    }
}
