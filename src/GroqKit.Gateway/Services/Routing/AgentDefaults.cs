using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>The members that an agent's settings add to requests without them, ready to be spliced in. Immutable.</summary>
internal sealed class AgentDefaults
{
    private readonly (byte[] Name, byte[] Member)[] _members;

    private AgentDefaults((byte[] Name, byte[] Member)[] members, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        _members = members;
        Values = values;
    }

    /// <summary>The members by name, each with its JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <param name="config">A JSON object.</param>
    /// <returns>Null when there is nothing to add.</returns>
    public static AgentDefaults? Read(string config)
    {
        using JsonDocument document = JsonDocument.Parse(config);
        (byte[], byte[])[] members =
        [
            .. document
                .RootElement.EnumerateObject()
                .Select(member =>
                    (
                        Encoding.UTF8.GetBytes(member.Name),
                        Encoding.UTF8.GetBytes(
                            $"\"{JsonEncodedText.Encode(member.Name)}\":{member.Value.GetRawText()},"
                        )
                    )
                ),
        ];
        KeyValuePair<string, string>[] values =
        [
            .. document
                .RootElement.EnumerateObject()
                .Select(member => KeyValuePair.Create(member.Name, member.Value.GetRawText())),
        ];
        return members.Length == 0 ? null : new AgentDefaults(members, values);
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
