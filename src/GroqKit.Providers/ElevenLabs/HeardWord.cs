using System.Text.Json.Serialization;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>A word, a space between two, or a noise.</summary>
internal sealed record HeardWord
{
    [JsonPropertyName("text")]
    public string? Text { get; init; }

    [JsonPropertyName("start")]
    public double? Start { get; init; }

    [JsonPropertyName("end")]
    public double? End { get; init; }

    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("logprob")]
    public double? Logprob { get; init; }
}
