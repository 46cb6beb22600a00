using System.Text.Json;

namespace GroqKit.Simulator.Files;

/// <summary>A file that was uploaded, or that a batch wrote.</summary>
internal sealed record StoredFile(
    string Id,
    string Name,
    string Purpose,
    long CreatedAt,
    ReadOnlyMemory<byte> Bytes,
    string Owner
)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("object"u8, "file"u8);
        json.WriteNumber("bytes"u8, Bytes.Length);
        json.WriteNumber("created_at"u8, CreatedAt);
        json.WriteString("filename"u8, Name);
        json.WriteString("purpose"u8, Purpose);
        json.WriteEndObject();
    }
}
