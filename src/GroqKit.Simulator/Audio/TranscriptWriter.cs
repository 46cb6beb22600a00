using System.Text.Json;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Audio;

/// <summary>Writes a transcript as <c>json</c> or <c>verbose_json</c>.</summary>
internal static class TranscriptWriter
{
    public static void Write(
        Utf8JsonWriter json,
        TranscriptionRequest request,
        Hearing hearing,
        bool translates,
        string requestId
    )
    {
        json.WriteStartObject();
        if (request.Format is "verbose_json")
        {
            json.WriteString("task"u8, translates ? "translate"u8 : "transcribe"u8);
            json.WriteString("language"u8, Languages.Name(request.Language));
            json.WriteNumber("duration"u8, Math.Round(hearing.Seconds, 3));
            json.WriteString("text"u8, hearing.Text);
            if (request.WantsWords)
                WriteWords(json, hearing);
            WriteSegments(json, request.WantsSegments, hearing);
        }
        else
        {
            json.WriteString("text"u8, hearing.Text);
        }

        json.WriteStartObject("x_groq"u8);
        json.WriteString("id"u8, requestId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteWords(Utf8JsonWriter json, Hearing hearing)
    {
        json.WriteStartArray("words"u8);
        foreach (SpokenWord word in hearing.Words)
        {
            json.WriteStartObject();
            json.WriteString("word"u8, word.Text);
            json.WriteNumber("start"u8, word.Start);
            json.WriteNumber("end"u8, word.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteSegments(Utf8JsonWriter json, bool wanted, Hearing hearing)
    {
        if (!wanted)
        {
            json.WriteNull("segments"u8);
            return;
        }

        json.WriteStartArray("segments"u8);
        int id = 0;
        foreach (SpokenWord[] words in Sentences(hearing.Words))
        {
            string text = " " + string.Join(' ', words.Select(word => word.Text));
            json.WriteStartObject();
            json.WriteNumber("id"u8, id++);
            json.WriteNumber("seek"u8, (int)(words[0].Start * 100));
            json.WriteNumber("start"u8, words[0].Start);
            json.WriteNumber("end"u8, words[^1].End);
            json.WriteString("text"u8, text);
            json.WriteStartArray("tokens"u8);
            foreach (SpokenWord word in words)
                json.WriteNumberValue(StableHash.Of(word.Text) % 50_000);
            json.WriteEndArray();
            json.WriteNumber("temperature"u8, 0);
            json.WriteNumber("avg_logprob"u8, -0.12);
            json.WriteNumber("compression_ratio"u8, 1.2);
            json.WriteNumber("no_speech_prob"u8, 0.01);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static IEnumerable<SpokenWord[]> Sentences(IReadOnlyList<SpokenWord> words)
    {
        List<SpokenWord> sentence = [];
        foreach (SpokenWord word in words)
        {
            sentence.Add(word);
            if (!word.EndsSentence)
                continue;
            yield return [.. sentence];
            sentence.Clear();
        }

        if (sentence.Count > 0)
            yield return [.. sentence];
    }
}
