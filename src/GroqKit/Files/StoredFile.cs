using System.Text.Json.Serialization;

namespace GroqKit.Files;

/// <summary>A file at Groq. Every member may be missing.</summary>
public sealed record StoredFile : GroqResponse
{
    /// <summary><c>file_…</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>file</c>.</summary>
    public string? Object { get; set; }

    /// <summary>Its size in bytes.</summary>
    public long? Bytes { get; set; }

    /// <summary>When, in Unix seconds.</summary>
    public long? CreatedAt { get; set; }

    /// <summary>The name it was sent under.</summary>
    [JsonPropertyName("filename")]
    public string? FileName { get; set; }

    /// <summary>What it is for.</summary>
    public FilePurpose? Purpose { get; set; }
}
