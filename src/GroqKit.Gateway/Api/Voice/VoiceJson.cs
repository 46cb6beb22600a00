using System.Buffers;
using System.Text.Json;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>What callers read of a turn, as JSON: all that came of it, and the parts of that which its events tell too.</summary>
internal static class VoiceJson
{
    /// <summary>It is JSON and declared as such: an apostrophe needs no escape.</summary>
    public static JsonWriterOptions Readable { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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

    public static void WriteError(Utf8JsonWriter json, VoiceException failure)
    {
        json.WriteString("code"u8, failure.Code);
        json.WriteString("stage"u8, ServiceOf(failure.Stage));
        json.WriteBoolean("retryable"u8, failure.IsRetryable);
        json.WriteString("message"u8, VoiceErrors.MessageOf(failure));
    }

    /// <summary>By the accounts that the calls left: the same figures as in reports.</summary>
    public static void WriteUsage(Utf8JsonWriter json, TurnAccount account)
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

    public static void WriteTimings(Utf8JsonWriter json, VoiceTimings timings)
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

    public static void WriteTime(Utf8JsonWriter json, string name, TimeSpan value) =>
        json.WriteNumber(name, Math.Round(value.TotalMilliseconds, 1));

    public static void WriteTime(Utf8JsonWriter json, string name, TimeSpan? value)
    {
        if (value is { } time)
            WriteTime(json, name, time);
        else
            json.WriteNull(name);
    }

    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, Math.Round(number, 9));
        else
            json.WriteNull(name);
    }
}
