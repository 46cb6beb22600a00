using System.Text.Json;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Audio;

/// <summary>Writes a transcript in the JSON forms, and what it cost.</summary>
internal static class OpenAiTranscriptWriter
{
    private const double TokensPerSecond = 10;

    public static void Write(Utf8JsonWriter json, OpenAiTranscriptRequest request, Hearing hearing, bool translates)
    {
        json.WriteStartObject();
        if (request.Format is "verbose_json")
        {
            json.WriteString("task"u8, translates ? "translate"u8 : "transcribe"u8);
            json.WriteString("language"u8, Languages.Name(translates ? "en" : request.Language).ToLowerInvariant());
            json.WriteNumber("duration"u8, Math.Round(hearing.Seconds, 3));
        }

        json.WriteString("text"u8, hearing.Text);
        if (request.Format is "diarized_json")
            WriteSpeakers(json, hearing);
        if (request.Format is "verbose_json")
        {
            if (request.WantsWords)
                TranscriptWriter.WriteWords(json, Plain(hearing));
            if (request.WantsSegments)
                TranscriptWriter.WriteSegments(json, wanted: true, hearing);
        }

        if (request.Model.Id is "gpt-transcribe")
            WriteLanguages(json, request);
        json.WritePropertyName("usage"u8);
        WriteUsage(json, request, hearing);
        json.WriteEndObject();
    }

    public static void WriteUsage(Utf8JsonWriter json, OpenAiTranscriptRequest request, Hearing hearing)
    {
        json.WriteStartObject();
        if (request.Model.Id is "whisper-1" or "gpt-transcribe")
        {
            json.WriteString("type"u8, "duration"u8);
            json.WriteNumber("seconds"u8, (int)Math.Ceiling(hearing.Seconds));
        }
        else
        {
            int input = (int)Math.Ceiling(hearing.Seconds * TokensPerSecond);
            int output = TokenRule.Count(hearing.Text);
            json.WriteString("type"u8, "tokens"u8);
            json.WriteNumber("total_tokens"u8, input + output);
            json.WriteNumber("input_tokens"u8, input);
            json.WriteStartObject("input_token_details"u8);
            json.WriteNumber("text_tokens"u8, 0);
            json.WriteNumber("audio_tokens"u8, input);
            json.WriteEndObject();
            json.WriteNumber("output_tokens"u8, output);
        }

        json.WriteEndObject();
    }

    /// <summary>Words stand without the punctuation that the text has.</summary>
    private static Hearing Plain(Hearing hearing) =>
        hearing with
        {
            Words =
            [
                .. hearing.Words.Select(word => word with { Text = word.Text.Trim('.', ',', '!', '?', ';', ':') }),
            ],
        };

    private static void WriteSpeakers(Utf8JsonWriter json, Hearing hearing)
    {
        json.WriteStartArray("segments"u8);
        int number = 0;
        foreach (SpokenWord[] words in TranscriptWriter.Sentences(hearing.Words))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "transcript.text.segment"u8);
            json.WriteString("id"u8, $"seg_{number++}");
            json.WriteNumber("start"u8, words[0].Start);
            json.WriteNumber("end"u8, words[^1].End);
            json.WriteString("text"u8, " " + string.Join(' ', words.Select(word => word.Text)));
            json.WriteString("speaker"u8, "A"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLanguages(Utf8JsonWriter json, OpenAiTranscriptRequest request)
    {
        json.WriteStartArray("languages"u8);
        json.WriteStartObject();
        json.WriteString("code"u8, request.Language);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
