using System.Globalization;
using System.Text.Json;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Files;

/// <summary>Which part of a list a caller wants, in OpenAI's words and Groq's.</summary>
/// <param name="After">The id behind which it begins; null for the beginning.</param>
/// <param name="Limit">The most items.</param>
/// <param name="OldestFirst">The order.</param>
internal sealed record ObjectPage(string? After, int Limit, bool OldestFirst)
{
    /// <exception cref="GatewayException">A parameter is wrong.</exception>
    public static ObjectPage Read(IQueryCollection query, int usual, int most)
    {
        int limit = usual;
        if (query["limit"].ToString() is { Length: > 0 } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
                throw RequestErrors.WrongType("limit", "a whole number");
            if (limit < 1 || limit > most)
                throw RequestErrors.WrongValue("limit", $"must be from 1 to {most}");
        }
        bool oldestFirst = query["order"].ToString() switch
        {
            "" or "desc" => false,
            "asc" => true,
            _ => throw RequestErrors.WrongValue("order", "must be asc or desc"),
        };
        string name = query.ContainsKey("cursor") ? "cursor" : "after";
        string after = query[name].ToString();
        return after.Length == 0 || TenantObjects.IsPlain(after)
            ? new ObjectPage(after.Length == 0 ? null : after, limit, oldestFirst)
            : throw RequestErrors.WrongValue(name, "must be an id that a list returned");
    }

    /// <summary>The objects of this page, and whether there are more.</summary>
    public (IReadOnlyList<(OwnedObject Object, Provider Provider)> Items, bool HasMore) Of(
        IReadOnlyList<(OwnedObject Object, Provider Provider)> newestFirst
    )
    {
        IEnumerable<(OwnedObject Object, Provider Provider)> ordered = OldestFirst
            ? newestFirst.Reverse()
            : newestFirst;
        if (After is not null)
            ordered = ordered.SkipWhile(item => item.Object.Id != After).Skip(1);
        (OwnedObject, Provider)[] items = [.. ordered.Take(Limit + 1)];
        return (items.Length > Limit ? items[..Limit] : items, items.Length > Limit);
    }

    /// <summary>Writes the list as both OpenAI's and Groq's clients read it.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<JsonRequest> items, bool hasMore)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (JsonRequest item in items)
            json.WriteRawValue(item.Body.Span, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteString("first_id"u8, items.Count > 0 ? items[0].Text("id") : null);
        json.WriteString("last_id"u8, items.Count > 0 ? items[^1].Text("id") : null);
        json.WriteBoolean("has_more"u8, hasMore);
        if (hasMore)
        {
            json.WriteStartObject("paging"u8);
            json.WriteString("next_cursor"u8, items[^1].Text("id"));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
