namespace GroqKit.Audio;

/// <summary>A recording to be written down in its own language.</summary>
public sealed record TranscriptionRequest : SpeechToTextRequest
{
    /// <summary>The default of <see cref="SpeechToTextRequest.Model"/>: the quicker and cheaper of the two.</summary>
    public const string DefaultModel = "whisper-large-v3-turbo";

    /// <summary>Asks for the default model.</summary>
    public TranscriptionRequest()
        : base(DefaultModel) { }

    /// <summary>The language spoken, as an ISO 639-1 code such as <c>en</c>; given, it is heard better and sooner. Default: found out.</summary>
    public string? Language { get; init; }

    /// <summary>What gets timestamps; asks for <c>verbose_json</c>. Default there: segments.</summary>
    public IReadOnlyList<TimestampGranularity>? TimestampGranularities { get; init; }

    internal override TranscriptionFormat? FormatToSend
    {
        get
        {
            if (ResponseFormat is null && TimestampGranularities is not null)
                return TranscriptionFormat.VerboseJson;
            return ResponseFormat;
        }
    }

    internal override void AddFields(ICollection<KeyValuePair<string, string>> fields)
    {
        if (Language is { } language)
            fields.Add(new("language", language));
        foreach (TimestampGranularity granularity in TimestampGranularities ?? [])
            fields.Add(new("timestamp_granularities[]", granularity.Value));
    }
}
