using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>
/// A request's JSON object as its members, each still the caller's own bytes: read once, checked by a table of fields, and given on with
/// as few changes as its provider needs.
/// </summary>
internal sealed class JsonRequest
{
    private const int MaxMembers = 128;
    private const int MaxDepth = 64;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<JsonMember> _members = [];

    private JsonRequest(ReadOnlyMemory<byte> body)
    {
        _body = body;
    }

    public IReadOnlyList<JsonMember> Members => _members;

    /// <summary>Bytes of the whole object.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <param name="body">The caller's bytes; they have to stay as long as this.</param>
    /// <param name="fields">What is checked; other members are the provider's to judge.</param>
    /// <param name="needsModel">False where the model is chosen by other means, so that the body may leave it out.</param>
    /// <exception cref="GatewayException">The body is not such a request; the error names the field.</exception>
    public static JsonRequest Read(ReadOnlyMemory<byte> body, IReadOnlyList<FieldRule> fields, bool needsModel = true)
    {
        JsonRequest request = Read(body);
        foreach (FieldRule field in fields)
        {
            if (request.Find(field.Name) is { } member)
                field.Check(member.Value.Span);
            else if (field.Required && (needsModel || field.Name != "model"))
                throw RequestErrors.Missing(field.Name);
        }
        return request;
    }

    /// <summary>Reads any object.</summary>
    /// <exception cref="GatewayException">The body is none.</exception>
    public static JsonRequest Read(ReadOnlyMemory<byte> body)
    {
        JsonText.Check(body.Span);
        var request = new JsonRequest(body);
        var json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            request.ReadMembers(ref json);
            return request;
        }
        catch (JsonException broken)
        {
            throw JsonText.DepthOf(json) >= MaxDepth
                ? RequestErrors.InvalidJson($"The body is nested deeper than {MaxDepth} levels.")
                : RequestErrors.InvalidJson(
                    $"The body is not valid JSON (line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1})."
                );
        }
    }

    /// <summary>The member of a name; null when there is none, or when it is null.</summary>
    public JsonMember? Find(string name)
    {
        foreach (JsonMember member in _members)
        {
            if (member.Name == name)
                return member.Value.Span.SequenceEqual("null"u8) ? null : member;
        }
        return null;
    }

    /// <summary>A string member's text; null when it is absent, null, or no string.</summary>
    public string? Text(string name) => Find(name)?.Text;

    /// <summary>True when the member is there and <c>true</c>.</summary>
    public bool IsTrue(string name) => Find(name) is { } member && member.Value.Span.SequenceEqual("true"u8);

    /// <summary>The caller's own user, as the caller names it.</summary>
    public string? User => CallLabels.Check(Text("user"), "user");

    private void ReadMembers(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw RequestErrors.InvalidJson("The body must be a JSON object.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (names.Count == MaxMembers)
                throw RequestErrors.InvalidJson($"The body has more than {MaxMembers} members.");
            string name = json.GetString()!;
            if (!names.Add(name))
                throw RequestErrors.Duplicate(name);
            int start = (int)json.TokenStartIndex;
            json.Read();
            int value = (int)json.TokenStartIndex;
            json.Skip();
            int end = (int)json.BytesConsumed;
            _members.Add(new JsonMember(name, _body[start..end], _body[value..end]));
        }
        // Anything but white space after the object is an error that only one more read finds.
        json.Read();
    }
}
