using System.Text.Json;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// What a provider ran of its own tools while it answered, which it charges for by use. A stream tells each use twice, with the same
/// index: when it begins and when it has its result.
/// </summary>
internal sealed class ToolUses
{
    private const string Unnamed = "unknown";

    // A quote inside a string is escaped, so that text doesn't hold this.
    private static ReadOnlySpan<byte> Name => "\"executed_tools\":"u8;

    private readonly Dictionary<(int Choice, int Index), string> _uses = [];

    /// <summary>How often each tool ran, by its type.</summary>
    public IReadOnlyDictionary<string, long> Counts =>
        _uses.Values.CountBy(type => type).ToDictionary(type => type.Key, type => (long)type.Value);

    /// <summary>Whether an answer object may tell of any; costs one search of the bytes.</summary>
    public static bool IsTold(ReadOnlySpan<byte> json) => json.IndexOf(Name) >= 0;

    /// <summary>Adds what an answer object tells of. Nearly none does: then it costs one search of the bytes.</summary>
    /// <param name="json">A whole answer or one chunk of a stream.</param>
    /// <param name="before">What earlier chunks told of.</param>
    public static ToolUses? Read(ReadOnlySpan<byte> json, ToolUses? before)
    {
        int name = json.IndexOf(Name);
        if (name < 0 || !json[(name + Name.Length)..].TrimStart(" \t\r\n"u8).StartsWith("["u8))
            return before;
        var uses = before ?? new ToolUses();
        try
        {
            var reader = new Utf8JsonReader(json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            uses.AddChoices(document.RootElement);
        }
        catch (JsonException)
        {
            // Whoever reads the object itself says so.
        }
        return uses._uses.Count == 0 ? before : uses;
    }

    private void AddChoices(JsonElement answer)
    {
        if (!TryGet(answer, "choices", JsonValueKind.Array, out JsonElement choices))
            return;
        int at = 0;
        foreach (JsonElement choice in choices.EnumerateArray())
        {
            if (
                TryGet(choice, "message", JsonValueKind.Object, out JsonElement message)
                || TryGet(choice, "delta", JsonValueKind.Object, out message)
            )
                AddTools(message, Number(choice, at));
            at++;
        }
    }

    private void AddTools(JsonElement message, int choice)
    {
        if (!TryGet(message, "executed_tools", JsonValueKind.Array, out JsonElement tools))
            return;
        int at = 0;
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            string? type = TryGet(tool, "type", JsonValueKind.String, out JsonElement name) ? name.GetString() : null;
            _uses[(choice, Number(tool, at))] = type ?? Unnamed;
            at++;
        }
    }

    private static int Number(JsonElement element, int otherwise) =>
        TryGet(element, "index", JsonValueKind.Number, out JsonElement index) && index.TryGetInt32(out int number)
            ? number
            : otherwise;

    private static bool TryGet(JsonElement from, string name, JsonValueKind kind, out JsonElement value)
    {
        value = default;
        return from.ValueKind == JsonValueKind.Object
            && from.TryGetProperty(name, out value)
            && value.ValueKind == kind;
    }
}
