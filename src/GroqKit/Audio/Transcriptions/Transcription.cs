using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Audio;

/// <summary>What was said in a recording. Everything but the text comes only with <c>verbose_json</c>.</summary>
public sealed record Transcription : GroqResponse
{
    /// <summary>What was said.</summary>
    public string Text { get; set; } = "";

    /// <summary><c>transcribe</c> or <c>translate</c>.</summary>
    public string? Task { get; set; }

    /// <summary>The language that was heard, by its English name: <c>English</c>.</summary>
    public string? Language { get; set; }

    /// <summary>How long the recording is, in seconds.</summary>
    public double? Duration { get; set; }

    /// <summary>The phrases; null when not asked for, as when only words were.</summary>
    public IReadOnlyList<TranscriptionSegment>? Segments
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>The words; null unless asked for.</summary>
    public IReadOnlyList<TranscriptionWord>? Words
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Groq's own extras.</summary>
    public XGroqAudio? XGroq { get; set; }

    /// <summary>
    /// The mean probability of a token over all phrases, weighed by their length, 0 to 1; null without segments.
    /// </summary>
    [JsonIgnore]
    public double? Confidence
    {
        get
        {
            double weight = 0;
            double sum = 0;
            foreach (TranscriptionSegment segment in Segments ?? [])
            {
                if (segment.Confidence is not { } confidence)
                    continue;
                double seconds = Math.Max(segment.End - segment.Start, 0.01);
                weight += seconds;
                sum += seconds * confidence;
            }
            return weight > 0 ? sum / weight : null;
        }
    }

    /// <summary>The transcript as SubRip subtitles.</summary>
    /// <param name="options">How to cut it. Default: a subtitle for each segment, as it is; where there are only words, cut by the options' defaults.</param>
    /// <exception cref="InvalidOperationException">The transcript has no timestamps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public string ToSrt(SubtitleOptions? options = null) => SubtitleWriter.ToSrt(ToCues(options));

    /// <summary>The transcript as WebVTT subtitles.</summary>
    /// <param name="options">How to cut it. Default: a subtitle for each segment, as it is; where there are only words, cut by the options' defaults.</param>
    /// <exception cref="InvalidOperationException">The transcript has no timestamps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public string ToVtt(SubtitleOptions? options = null) => SubtitleWriter.ToVtt(ToCues(options));

    /// <summary>The transcript as timed texts.</summary>
    /// <param name="options">How to cut it. Default: a cue for each segment, as it is; where there are only words, cut by the options' defaults.</param>
    /// <exception cref="InvalidOperationException">The transcript has no timestamps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public IReadOnlyList<SubtitleCue> ToCues(SubtitleOptions? options = null)
    {
        options?.Validate();
        IEnumerable<SubtitleCue>? segments = Segments?.Select(segment => Cue(segment.Start, segment.End, segment.Text));
        IEnumerable<SubtitleCue>? words = Words?.Select(word => Cue(word.Start, word.End, word.Word));
        if (options is null && segments is not null)
            return [.. segments];
        options ??= new SubtitleOptions();
        return options.Source switch
        {
            SubtitleSource.Segments => CueBuilder.FromSegments(segments ?? throw Missing("segment"), options),
            SubtitleSource.Words => CueBuilder.FromWords(words ?? throw Missing("word"), options),
            _ when words is not null => CueBuilder.FromWords(words, options),
            _ => CueBuilder.FromSegments(segments ?? throw Missing("segment"), options),
        };
    }

    /// <summary>What was said.</summary>
    public override string ToString() => Text;

    private static SubtitleCue Cue(double start, double end, string text) => new(Seconds(start), Seconds(end), text);

    // A day is longer than any recording; what a server makes up beyond that must not overflow.
    private static TimeSpan Seconds(double value) =>
        TimeSpan.FromSeconds(double.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1e8));

    private static InvalidOperationException Missing(string kind) =>
        new(
            $"The transcript has no {kind} timestamps. Ask for them: ResponseFormat verbose_json, TimestampGranularities {kind}."
        );
}
