using System.Text.Json.Serialization;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>A model of the list.</summary>
internal sealed record VoiceModelAnswer
{
    [JsonPropertyName("model_id")]
    public string? Id { get; init; }

    [JsonPropertyName("can_do_text_to_speech")]
    public bool CanSpeak { get; init; }
}
