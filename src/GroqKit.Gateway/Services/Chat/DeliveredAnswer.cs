using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Services.Chat;

/// <summary>What a caller has of a streamed answer so far, for another provider to go on with it. Used by one thread at a time.</summary>
internal sealed class DeliveredAnswer
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    /// <summary>Whether anything came that another model can't go on with: calls of tools, sound, several answers at once.</summary>
    public bool HasMore { get; private set; }

    /// <param name="chunk">One chunk of a chat stream, known to be an object.</param>
    public void Add(JsonElement chunk)
    {
        if (!chunk.TryGetProperty("choices"u8, out JsonElement choices) || choices.ValueKind != JsonValueKind.Array)
            return;
        foreach (JsonElement choice in choices.EnumerateArray())
        {
            HasMore |= choice.TryGetProperty("index"u8, out JsonElement index) && index.GetRawText() != "0";
            if (choice.TryGetProperty("delta"u8, out JsonElement delta) && delta.ValueKind == JsonValueKind.Object)
                AddDelta(delta);
        }
    }

    private void AddDelta(JsonElement delta)
    {
        foreach (JsonProperty member in delta.EnumerateObject())
        {
            if (member.NameEquals("content"u8) && member.Value.ValueKind == JsonValueKind.String)
                _text.Append(member.Value.GetString());
            // Thoughts are not part of the answer; whoever goes on has none or its own.
            else if (!member.NameEquals("role"u8) && !member.NameEquals("reasoning"u8) && !IsEmpty(member.Value))
                HasMore = true;
        }
    }

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.String && value.ValueEquals(""u8))
        || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
