using System.Buffers;
using System.Text;
using System.Text.Json;
using GroqKit.Audio;

namespace GroqKit.Gateway.Services.Translation.Audio;

/// <summary>Writes a transcript in the form that its caller asked for, as OpenAI's clients read it.</summary>
internal static class TranscriptWriter
{
    /// <param name="transcript">What was heard.</param>
    /// <param name="format">One of <see cref="TranscriptFormats"/>.</param>
    /// <param name="withWords">Whether words were asked for.</param>
    /// <exception cref="InvalidOperationException">The transcript has no times, and the form needs them.</exception>
    public static (byte[] Body, string ContentType) Write(Transcription transcript, string format, bool withWords) =>
        format switch
        {
            TranscriptFormats.Text => (Encoding.UTF8.GetBytes(transcript.Text + "\n"), "text/plain; charset=utf-8"),
            TranscriptFormats.Srt => (Encoding.UTF8.GetBytes(transcript.ToSrt()), "text/plain; charset=utf-8"),
            TranscriptFormats.Vtt => (Encoding.UTF8.GetBytes(transcript.ToVtt()), "text/plain; charset=utf-8"),
            TranscriptFormats.VerboseJson => (Json(json => WriteVerbose(json, transcript, withWords)), Type),
            _ => (Json(json => WriteShort(json, transcript)), Type),
        };

    /// <summary>The same as events, for a caller that asked a provider without them for a stream.</summary>
    public static byte[] WriteEvents(Transcription transcript)
    {
        byte[] delta = Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "transcript.text.delta"u8);
            json.WriteString("delta"u8, transcript.Text);
            json.WriteEndObject();
        });
        byte[] done = Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "transcript.text.done"u8);
            json.WriteString("text"u8, transcript.Text);
            WriteUsage(json, transcript);
            json.WriteEndObject();
        });
        return [.. "data: "u8, .. delta, .. "\n\ndata: "u8, .. done, .. "\n\ndata: [DONE]\n\n"u8];
    }

    private const string Type = "application/json";

    private static void WriteShort(Utf8JsonWriter json, Transcription transcript)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, transcript.Text);
        WriteUsage(json, transcript);
        if (transcript.XGroq?.Id is { } id)
        {
            json.WriteStartObject("x_groq"u8);
            json.WriteString("id"u8, id);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteVerbose(Utf8JsonWriter json, Transcription transcript, bool withWords)
    {
        json.WriteStartObject();
        json.WriteString("task"u8, transcript.Task ?? "transcribe");
        json.WriteString("language"u8, transcript.Language);
        json.WriteNumber("duration"u8, transcript.Duration ?? 0);
        json.WriteString("text"u8, transcript.Text);
        json.WriteStartArray("segments"u8);
        foreach (TranscriptionSegment segment in transcript.Segments ?? [])
            WriteSegment(json, segment);
        json.WriteEndArray();
        if (withWords)
        {
            json.WriteStartArray("words"u8);
            foreach (TranscriptionWord word in transcript.Words ?? [])
            {
                json.WriteStartObject();
                json.WriteString("word"u8, word.Word);
                json.WriteNumber("start"u8, word.Start);
                json.WriteNumber("end"u8, word.End);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        WriteUsage(json, transcript);
        json.WriteEndObject();
    }

    // Clients read all of these; a provider without them has no figures to give.
    private static void WriteSegment(Utf8JsonWriter json, TranscriptionSegment segment)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, segment.Id);
        json.WriteNumber("seek"u8, 0);
        json.WriteNumber("start"u8, segment.Start);
        json.WriteNumber("end"u8, segment.End);
        json.WriteString("text"u8, segment.Text);
        json.WriteStartArray("tokens"u8);
        json.WriteEndArray();
        json.WriteNumber("temperature"u8, 0);
        json.WriteNumber("avg_logprob"u8, 0);
        json.WriteNumber("compression_ratio"u8, 0);
        json.WriteNumber("no_speech_prob"u8, 0);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, Transcription transcript)
    {
        if (transcript.Duration is not { } seconds)
            return;
        json.WriteStartObject("usage"u8);
        json.WriteString("type"u8, "duration"u8);
        json.WriteNumber("seconds"u8, Math.Ceiling(seconds));
        json.WriteEndObject();
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return buffer.WrittenSpan.ToArray();
    }
}
