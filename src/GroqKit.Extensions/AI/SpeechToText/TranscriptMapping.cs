using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.SpeechToText;

/// <summary>What was heard: whole, and phrase by phrase.</summary>
internal static class TranscriptMapping
{
    public static SpeechToTextResponse Map(Transcription heard, string model) =>
        new([new TextContent(heard.Text) { RawRepresentation = heard }])
        {
            StartTime = heard.Duration is null ? null : TimeSpan.Zero,
            EndTime = Seconds(heard.Duration),
            ModelId = model,
            ResponseId = Id(heard),
            Usage = Usage(heard),
            RawRepresentation = heard,
            AdditionalProperties = Properties(heard),
        };

    /// <summary>A final update for each phrase, then the close with the usage. Their texts together are the whole text.</summary>
    public static IEnumerable<SpeechToTextResponseUpdate> Updates(Transcription heard, string model)
    {
        foreach (var (text, segment) in SegmentTexts.Cut(heard))
        {
            yield return Update(
                heard,
                model,
                SpeechToTextResponseUpdateKind.TextUpdated,
                [new TextContent(text)],
                segment
            );
        }
        SpeechToTextResponseUpdate close = Update(heard, model, SpeechToTextResponseUpdateKind.SessionClose, [], heard);
        if (Usage(heard) is { } usage)
            close.Contents.Add(new UsageContent(usage) { RawRepresentation = heard });
        close.AdditionalProperties = Properties(heard);
        yield return close;
    }

    private static SpeechToTextResponseUpdate Update(
        Transcription heard,
        string model,
        SpeechToTextResponseUpdateKind kind,
        IList<AIContent> contents,
        object raw
    ) =>
        new(contents)
        {
            Kind = kind,
            ModelId = model,
            ResponseId = Id(heard),
            StartTime = raw is TranscriptionSegment segment ? Seconds(segment.Start) : null,
            EndTime = raw is TranscriptionSegment { End: var end } ? Seconds(end) : Seconds(heard.Duration),
            RawRepresentation = raw,
        };

    private static string? Id(Transcription heard) => heard.XGroq?.Id ?? heard.Metadata.RequestId;

    // Whisper reports no tokens: what is paid for is time.
    private static UsageDetails? Usage(Transcription heard) =>
        Seconds(heard.Duration) is { } duration
            ? new UsageDetails { AdditionalCounts = new() { ["AudioMilliseconds"] = (long)duration.TotalMilliseconds } }
            : null;

    private static AdditionalPropertiesDictionary? Properties(Transcription heard)
    {
        if (heard.Language is null && heard.Confidence is null)
            return null;
        var properties = new AdditionalPropertiesDictionary();
        if (heard.Language is { } language)
            properties["language"] = language;
        if (heard.Confidence is { } confidence)
            properties["confidence"] = confidence;
        return properties;
    }

    // A day is longer than any recording; what a server makes up beyond that must not overflow.
    private static TimeSpan? Seconds(double? value) =>
        value is { } seconds && !double.IsNaN(seconds) ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e8)) : null;
}
