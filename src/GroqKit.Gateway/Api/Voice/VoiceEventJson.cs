using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Voice;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Writes the events of a turn as JSON, as server-sent events and as lines.</summary>
internal static class VoiceEventJson
{
    private const int LongestNumber = 20;

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
        Encoding.UTF8.GetBytes(happened.Type, into);
        into.Write("\nid: "u8);
        happened.Sequence.TryFormat(
            into.GetSpan(LongestNumber),
            out int digits,
            provider: CultureInfo.InvariantCulture
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

    private static void Write(Utf8JsonWriter json, VoiceEvent happened, TurnAccount account)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, happened.Type);
        json.WriteString("turn_id"u8, happened.TurnId);
        json.WriteNumber("seq"u8, happened.Sequence);
        VoiceJson.WriteTime(json, "t_ms", happened.At);
        switch (happened)
        {
            case TranscriptDelta delta:
                json.WriteString("text"u8, delta.Text);
                break;
            case TranscriptDone done:
                json.WriteString("text"u8, done.Text);
                json.WriteString("language"u8, done.Language);
                VoiceJson.WriteNumber(json, "confidence", done.Confidence);
                VoiceJson.WriteNumber(json, "seconds", done.Duration?.TotalSeconds);
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
                VoiceJson.WriteTime(json, "duration_ms", tool.Duration);
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
                VoiceJson.WriteTime(json, "offset_ms", sound.Offset);
                VoiceJson.WriteTime(json, "duration_ms", sound.Duration);
                json.WriteBase64String("audio"u8, sound.Data.Span);
                break;
            case AudioMark mark:
                json.WriteNumber("sentence"u8, mark.Piece);
                // What the mark of a sentence does not have.
                if (mark.Word is { } word)
                    json.WriteString("word"u8, word);
                VoiceJson.WriteTime(json, "start_ms", mark.Start);
                VoiceJson.WriteTime(json, "end_ms", mark.End);
                break;
            case ProviderSwitched change:
                json.WriteString("service"u8, VoiceJson.ServiceOf(change.Stage));
                json.WriteString("from"u8, SpeakerOf(change, account));
                json.WriteString("to"u8, change.To);
                json.WriteString("reason"u8, ReasonOf(change));
                break;
            case TurnInterrupted interrupted:
                json.WriteString("heard_text"u8, interrupted.HeardText);
                break;
            case TurnUsage:
                VoiceJson.WriteUsage(json, account);
                break;
            case TurnTimed timed:
                VoiceJson.WriteTimings(json, timed.Timings);
                break;
            case TurnFailed failed:
                VoiceJson.WriteError(json, failed.Error);
                break;
            case TurnDone done:
                json.WriteString("outcome"u8, VoiceJson.NameOf(done.Outcome));
                break;
        }
        json.WriteEndObject();
    }

    // Without the name that the stages' way back into the gateway has.
    private static string ReasonOf(ProviderSwitched change) =>
        change.Reason.StartsWith(change.From + ": ", StringComparison.Ordinal)
            ? change.Reason[(change.From.Length + 2)..]
            : change.Reason;

    // The pipeline knows its own way into the gateway only, when a sentence is said by another.
    private static string SpeakerOf(ProviderSwitched change, TurnAccount account) =>
        change is { Stage: VoiceStage.Speaking, To: null } ? account.BrokenVoice ?? change.From : change.From;
}
