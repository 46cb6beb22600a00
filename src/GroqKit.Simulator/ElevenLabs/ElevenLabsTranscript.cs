using System.Text.Json;
using GroqKit.Simulator.Audio;

namespace GroqKit.Simulator.ElevenLabs;

/// <summary>A transcript with words, the spaces between them as entries of their own, and characters on demand.</summary>
internal sealed record ElevenLabsTranscript(
    Hearing Hearing,
    string Language,
    string Granularity,
    bool Diarizes,
    string Id
)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("language_code"u8, ThreeLetters(Language));
        json.WriteNumber("language_probability"u8, 0.98);
        json.WriteString("text"u8, Hearing.Text);
        json.WriteStartArray("words"u8);
        for (int i = 0; i < Hearing.Words.Count; i++)
        {
            if (i > 0)
                WriteEntry(json, " ", "spacing", Hearing.Words[i - 1].End, Hearing.Words[i].Start);
            WriteEntry(json, Hearing.Words[i].Text, "word", Hearing.Words[i].Start, Hearing.Words[i].End);
        }

        json.WriteEndArray();
        json.WriteString("transcription_id"u8, Id);
        json.WriteNumber("audio_duration_secs"u8, Math.Round(Hearing.Seconds, 3));
        json.WriteEndObject();
    }

    private void WriteEntry(Utf8JsonWriter json, string text, string type, double start, double end)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteString("type"u8, type);
        json.WriteNumber("logprob"u8, -0.05);
        if (Granularity is not "none")
        {
            json.WriteNumber("start"u8, start);
            json.WriteNumber("end"u8, end);
        }

        if (Diarizes)
            json.WriteString("speaker_id"u8, "speaker_0"u8);
        if (Granularity is "character")
        {
            json.WriteStartArray("characters"u8);
            double each = (end - start) / text.Length;
            for (int i = 0; i < text.Length; i++)
            {
                json.WriteStartObject();
                json.WriteString("text"u8, char.IsSurrogate(text[i]) ? "" : text.AsSpan(i, 1));
                json.WriteNumber("start"u8, Math.Round(start + i * each, 3));
                json.WriteNumber("end"u8, Math.Round(start + (i + 1) * each, 3));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string ThreeLetters(string language) =>
        language switch
        {
            "en" => "eng",
            "de" => "deu",
            "fr" => "fra",
            "es" => "spa",
            "it" => "ita",
            "pt" => "por",
            "nl" => "nld",
            "pl" => "pol",
            "ja" => "jpn",
            "zh" => "zho",
            _ => language,
        };
}
