using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>The members that an agent's settings add to requests without them, ready to be spliced in. Immutable.</summary>
internal sealed class AgentDefaults
{
    /// <summary>The member that names a voice.</summary>
    public const string VoiceName = "voice";

    private readonly (byte[] Name, byte[] Member)[] _members;

    private AgentDefaults(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        Values = values;
        _members =
        [
            .. values.Select(member =>
                (
                    Encoding.UTF8.GetBytes(member.Key),
                    Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(member.Key)}\":{member.Value},")
                )
            ),
        ];
    }

    /// <summary>The members by name, each with its JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>A member's JSON; null where it isn't set.</summary>
    public string? Find(string name) => Values.FirstOrDefault(member => member.Key == name).Value;

    /// <summary>The voice by its name or id; null where none is set.</summary>
    public string? Voice
    {
        get
        {
            using JsonDocument voice = JsonDocument.Parse(Find(VoiceName) ?? "null");
            JsonElement name =
                voice.RootElement.ValueKind == JsonValueKind.Object
                && voice.RootElement.TryGetProperty("id", out JsonElement id)
                    ? id
                    : voice.RootElement;
            return name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        }
    }

    /// <param name="config">A JSON object.</param>
    /// <returns>Null when there is nothing to add.</returns>
    public static AgentDefaults? Read(string config) => Of(MembersOf(config));

    /// <summary>These, with others in their place where there are any.</summary>
    /// <param name="defaults">These; null for nothing.</param>
    /// <param name="own">A JSON object; members that are null take one away.</param>
    /// <returns>Null when there is nothing to add.</returns>
    public static AgentDefaults? Over(AgentDefaults? defaults, string own)
    {
        KeyValuePair<string, string>[] others = MembersOf(own);
        if (others.Length == 0)
            return defaults;
        IEnumerable<KeyValuePair<string, string>> kept = (defaults?.Values ?? []).Where(member =>
            !others.Any(other => other.Key == member.Key)
        );
        return Of([.. kept, .. others.Where(other => other.Value != "null")]);
    }

    /// <summary>The same without a member; null when nothing is left.</summary>
    public AgentDefaults? Without(string name) => Of([.. Values.Where(member => member.Key != name)]);

    private static AgentDefaults? Of(KeyValuePair<string, string>[] values) =>
        values.Length == 0 ? null : new AgentDefaults(values);

    private static KeyValuePair<string, string>[] MembersOf(string config)
    {
        using JsonDocument document = JsonDocument.Parse(config);
        return
        [
            .. document
                .RootElement.EnumerateObject()
                .Select(member => KeyValuePair.Create(member.Name, member.Value.GetRawText())),
        ];
    }

    /// <summary>What to put behind the opening brace of a request: each member followed by a comma.</summary>
    /// <param name="body">A JSON object with at least one member, known to be well-formed.</param>
    public ReadOnlyMemory<byte> MissingFrom(ReadOnlySpan<byte> body)
    {
        Span<bool> present = stackalloc bool[_members.Length];
        var json = new Utf8JsonReader(body);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            for (int i = 0; i < _members.Length; i++)
                present[i] |= json.ValueTextEquals(_members[i].Name);
            json.Skip();
        }
        var missing = new MemoryStream();
        for (int i = 0; i < _members.Length; i++)
        {
            if (!present[i])
                missing.Write(_members[i].Member);
        }
        return missing.GetBuffer().AsMemory(0, (int)missing.Length);
    }
}
