using System.Text.Json;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>What a line of a batch's file says of itself.</summary>
/// <param name="Name">Its <c>custom_id</c>; null where it has none.</param>
/// <param name="EndUser">On whose behalf it asks; null where it doesn't say.</param>
internal sealed record FileLine(string? Name, string? EndUser)
{
    private static readonly FileLine Unknown = new(null, null);

    public static FileLine Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return Unknown;
            string? user = root.TryGetProperty("body"u8, out JsonElement body) ? Text(body, "user") : null;
            return new FileLine(Text(root, "custom_id"), user);
        }
        catch (JsonException)
        {
            return Unknown;
        }
    }

    private static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object
        && holder.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
