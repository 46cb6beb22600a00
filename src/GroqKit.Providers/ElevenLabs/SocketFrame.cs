using System.Text.Json;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>What the socket sends: a piece of sound, the end, or an error.</summary>
internal sealed record SocketFrame
{
    public byte[]? Audio { get; init; }

    /// <summary>When the characters of the sound are heard: read apart, since sound is worth more than its times.</summary>
    public JsonElement? Alignment { get; init; }

    public bool? IsFinal { get; init; }

    public string? Message { get; init; }

    public string? Error { get; init; }
}
