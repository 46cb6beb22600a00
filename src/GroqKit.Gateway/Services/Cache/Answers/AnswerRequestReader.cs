using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Cache.Answers;

/// <summary>
/// Decides whether the answer to a request may be repeated: it has to be deterministic (temperature 0, or a seed) and without tools, whose
/// results change. The order of members, white space, the spelling of numbers and what doesn't change the words make no difference.
/// </summary>
internal static class AnswerRequestReader
{
    private static readonly string[] WithoutEffect = ["model", "stream", "stream_options", "user"];

    // Whoever sets one of these wants something looked up, run or kept.
    private static readonly string[] WithEffect =
    [
        "tools",
        "functions",
        "search_settings",
        "web_search_options",
        "compound_custom",
        "store",
    ];

    /// <param name="tenant">Whose call it is.</param>
    /// <param name="route">Where it leads.</param>
    /// <param name="body">A chat request, known to be well-formed.</param>
    /// <returns>Null for a request whose answer may not be repeated.</returns>
    public static AnswerRequest? Read(string tenant, ModelRoute route, ReadOnlyMemory<byte> body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        using JsonDocument defaults = Defaults(route, body.Span);
        JsonProperty[] members = [.. document.RootElement.EnumerateObject(), .. defaults.RootElement.EnumerateObject()];
        if (!IsDeterministic(members))
            return null;
        var words = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(words))
            WriteMembers(json, members.Where(member => !WithoutEffect.Contains(member.Name, StringComparer.Ordinal)));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in Place(tenant, route))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }
        hash.AppendData(words.WrittenSpan);
        return new AnswerRequest("answer:" + Convert.ToHexStringLower(hash.GetHashAndReset()), WantsUsage(members));
    }

    // An agent that was changed has another version; what it answered before isn't repeated.
    private static IEnumerable<string> Place(string tenant, ModelRoute route) =>
        [
            tenant,
            route.Agent?.Name ?? "",
            (route.Agent?.Version ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture),
            route.Provider.Name,
            route.Provider.BaseAddress.AbsoluteUri,
            route.Model,
        ];

    private static JsonDocument Defaults(ModelRoute route, ReadOnlySpan<byte> body)
    {
        ReadOnlyMemory<byte> added = route.Defaults?.MissingFrom(body) ?? default;
        return added.IsEmpty
            ? JsonDocument.Parse("{}")
            : JsonDocument.Parse((byte[])[(byte)'{', .. added.Span[..^1], (byte)'}']);
    }

    private static bool IsDeterministic(JsonProperty[] members)
    {
        bool determined = false;
        foreach (JsonProperty member in members)
        {
            if (member.Name == "temperature")
                determined |= member.Value.ValueKind == JsonValueKind.Number && member.Value.GetDouble() == 0;
            else if (member.Name == "seed")
                determined |= member.Value.ValueKind == JsonValueKind.Number;
            else if (WithEffect.Contains(member.Name, StringComparer.Ordinal) && HasEffect(member.Value))
                return false;
        }
        return determined;
    }

    private static bool HasEffect(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => false,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            _ => true,
        };

    private static bool WantsUsage(JsonProperty[] members) =>
        Array.Find(members, member => member.Name == "stream_options").Value
            is { ValueKind: JsonValueKind.Object } options
        && options.TryGetProperty("include_usage"u8, out JsonElement wants)
        && wants.ValueKind == JsonValueKind.True;

    private static void WriteMembers(Utf8JsonWriter json, IEnumerable<JsonProperty> members)
    {
        json.WriteStartObject();
        foreach (JsonProperty member in members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(member.Name);
            Write(json, member.Value);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMembers(json, value.EnumerateObject());
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.Number when value.TryGetDecimal(out decimal number):
                // Dividing by one with all its places drops the zeros at the end: 0, 0.0 and 0e5 are one number.
                json.WriteNumberValue(number / 1.0000000000000000000000000000m);
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
