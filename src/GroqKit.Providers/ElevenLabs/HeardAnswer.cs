using System.Text.Json.Serialization;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>A transcript.</summary>
internal sealed record HeardAnswer
{
    [JsonPropertyName("text")]
    public string? Text { get; init; }

    [JsonPropertyName("language_code")]
    public string? LanguageCode { get; init; }

    [JsonPropertyName("audio_duration_secs")]
    public double? Duration { get; init; }

    [JsonPropertyName("transcription_id")]
    public string? Id { get; init; }

    [JsonPropertyName("words")]
    public IReadOnlyList<HeardWord>? Words { get; init; }
}
