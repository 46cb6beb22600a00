namespace GroqKit.Audio;

/// <summary>A recording to be written down in English, whatever is spoken in it.</summary>
public sealed record TranslationRequest : SpeechToTextRequest
{
    /// <summary>The default of <see cref="SpeechToTextRequest.Model"/>: the only one that translates.</summary>
    public const string DefaultModel = "whisper-large-v3";

    /// <summary>Asks for the default model.</summary>
    public TranslationRequest()
        : base(DefaultModel) { }

    /// <summary>The language of the answer; Groq knows only <c>en</c>. Default: not sent.</summary>
    public string? Language { get; init; }

    internal override void AddFields(ICollection<KeyValuePair<string, string>> fields)
    {
        if (Language is { } language)
            fields.Add(new("language", language));
    }
}
