using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Speech;

/// <summary>What was heard, whichever provider heard it.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Model">The model that heard it.</param>
internal sealed record Transcript(string Text, string Model)
{
    public string? Id { get; init; }

    public string? Language { get; init; }

    public double? Confidence { get; init; }

    public TimeSpan? Duration { get; init; }

    public UsageDetails? Usage { get; init; }

    public IReadOnlyList<TranscriptPhrase> Phrases { get; init; } = [];

    public object? Raw { get; init; }

    public SpeechToTextResponse ToResponse() =>
        new([new TextContent(Text) { RawRepresentation = Raw }])
        {
            StartTime = Duration is null ? null : TimeSpan.Zero,
            EndTime = Duration,
            ModelId = Model,
            ResponseId = Id,
            Usage = Usage,
            RawRepresentation = Raw,
            AdditionalProperties = Properties(),
        };

    /// <summary>A final update for each phrase, then the close with the usage. Their texts together are the whole text.</summary>
    public IEnumerable<SpeechToTextResponseUpdate> ToUpdates()
    {
        if (string.Concat(Phrases.Select(phrase => phrase.Text)).Trim() != Text.Trim() || Phrases.Count == 0)
            yield return Update(SpeechToTextResponseUpdateKind.TextUpdated, new(Text, null, Duration));
        else
        {
            foreach (TranscriptPhrase phrase in Phrases)
                yield return Update(SpeechToTextResponseUpdateKind.TextUpdated, phrase);
        }
        SpeechToTextResponseUpdate close = Update(SpeechToTextResponseUpdateKind.SessionClose, null);
        if (Usage is not null)
            close.Contents.Add(new UsageContent(Usage));
        close.AdditionalProperties = Properties();
        yield return close;
    }

    /// <summary>The usage of audio that is paid for by its length.</summary>
    public static UsageDetails? UsageOf(TimeSpan? duration) =>
        duration is { } length
            ? new UsageDetails
            {
                AdditionalCounts = new() { [UsageCounts.AudioMilliseconds] = (long)length.TotalMilliseconds },
            }
            : null;

    // A day is longer than any recording; what a server makes up beyond that must not overflow.
    public static TimeSpan? Seconds(double? value) =>
        value is { } seconds && !double.IsNaN(seconds) ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e8)) : null;

    private SpeechToTextResponseUpdate Update(SpeechToTextResponseUpdateKind kind, TranscriptPhrase? phrase) =>
        new(phrase is null ? [] : [new TextContent(phrase.Text)])
        {
            Kind = kind,
            ModelId = Model,
            ResponseId = Id,
            StartTime = phrase?.Start,
            EndTime = phrase?.End,
            RawRepresentation = Raw,
        };

    private AdditionalPropertiesDictionary? Properties()
    {
        var properties = new AdditionalPropertiesDictionary();
        if (Language is not null)
            properties[SpeechProperties.Language] = Language;
        if (SpokenLanguages.ToCode(Language) is { } code)
            properties[SpeechProperties.LanguageCode] = code;
        if (Confidence is { } confidence)
            properties[SpeechProperties.Confidence] = confidence;
        return properties.Count > 0 ? properties : null;
    }
}
