using System.Text;
using System.Text.Json;
using GroqKit.Audio;

namespace GroqKit.Gateway.Services.Translation.Audio;

/// <summary>Reads providers' transcripts into one form.</summary>
internal static class TranscriptReader
{
    // A pause as long ends a phrase.
    private const double Pause = 1.0;

    /// <summary>Reads <c>verbose_json</c> or <c>json</c> of OpenAI's dialect.</summary>
    /// <exception cref="JsonException">It is no transcript.</exception>
    public static Transcription ReadOpenAi(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        return new Transcription
        {
            Text = RequiredText(root),
            Task = TextOf(root, "task"),
            Language = TextOf(root, "language"),
            Duration = NumberOf(root, "duration") ?? SecondsBilled(root),
            Segments = ListOf(
                root,
                "segments",
                item => new TranscriptionSegment
                {
                    Start = NumberOf(item, "start") ?? 0,
                    End = NumberOf(item, "end") ?? 0,
                    Text = TextOf(item, "text") ?? "",
                }
            ),
            Words = ListOf(
                root,
                "words",
                item => new TranscriptionWord
                {
                    Word = TextOf(item, "word") ?? "",
                    Start = NumberOf(item, "start") ?? 0,
                    End = NumberOf(item, "end") ?? 0,
                }
            ),
            XGroq =
                root.TryGetProperty("x_groq", out JsonElement groq) && groq.ValueKind == JsonValueKind.Object
                    ? new XGroqAudio { Id = TextOf(groq, "id") }
                    : null,
        };
    }

    /// <summary>Reads ElevenLabs' words and makes phrases of them: they end with a sentence or at a pause.</summary>
    /// <exception cref="JsonException">It is no transcript.</exception>
    public static Transcription ReadElevenLabs(ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonElement root = document.RootElement;
        var words = new List<TranscriptionWord>();
        var phrases = new List<TranscriptionSegment>();
        var text = new StringBuilder();
        double start = 0;
        double end = 0;
        foreach (JsonElement item in Items(root, "words"))
        {
            string piece = TextOf(item, "text") ?? "";
            if (TextOf(item, "type") == "spacing")
            {
                text.Append(piece);
                continue;
            }
            double from = NumberOf(item, "start") ?? end;
            if (text.Length > 0 && (EndsSentence(text) || from - end >= Pause))
                Close();
            if (text.Length == 0)
                start = from;
            text.Append(piece);
            end = NumberOf(item, "end") ?? from;
            if (TextOf(item, "type") is null or "word")
                words.Add(
                    new TranscriptionWord
                    {
                        Word = piece,
                        Start = from,
                        End = end,
                    }
                );
        }
        Close();
        return new Transcription
        {
            Text = RequiredText(root),
            Task = "transcribe",
            Language = TextOf(root, "language_code"),
            Duration = NumberOf(root, "audio_duration_secs") ?? (end > 0 ? end : null),
            Segments = phrases,
            Words = words,
        };

        void Close()
        {
            if (text.ToString() is { Length: > 0 } phrase)
                phrases.Add(
                    new TranscriptionSegment
                    {
                        Id = phrases.Count,
                        Start = start,
                        End = end,
                        Text = phrase,
                    }
                );
            text.Clear();
        }
    }

    private static bool EndsSentence(StringBuilder text) =>
        text.ToString().TrimEnd() is [.., '.' or '!' or '?' or '。' or '！' or '？' or '؟' or '।'];

    private static double? SecondsBilled(JsonElement root) =>
        root.TryGetProperty("usage", out JsonElement usage) ? NumberOf(usage, "seconds") : null;

    private static string RequiredText(JsonElement root) =>
        TextOf(root, "text") ?? throw new JsonException("The transcript has no text.");

    private static IReadOnlyList<T>? ListOf<T>(JsonElement root, string name, Func<JsonElement, T> read) =>
        root.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(read)]
            : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    private static string? TextOf(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object
        && of.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    // Groq's documents say that durations are text, its service sends numbers.
    private static double? NumberOf(JsonElement of, string name)
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out JsonElement value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number))
            return number;
        return
            value.ValueKind == JsonValueKind.String
            && double.TryParse(
                value.GetString(),
                System.Globalization.NumberStyles.Float,
                System.Globalization.CultureInfo.InvariantCulture,
                out number
            )
            ? number
            : null;
    }
}
