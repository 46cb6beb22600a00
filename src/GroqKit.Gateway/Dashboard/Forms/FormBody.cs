using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Dashboard.Forms;

/// <summary>
/// Makes the admin API's JSON of a form. A field's name is its kind, a colon and its place in the body, which is also what the API calls
/// it when it refuses it: <c>text:name</c>, <c>number:limits.requests.minute</c>, <c>json:config</c>, <c>text:fallback[0].model</c>.
/// </summary>
internal static class FormBody
{
    private const string Text = "text";
    private const string Nullable = "text?";
    private const string Number = "number";
    private const string Json = "json";
    private const string Truth = "truth";
    private const string Texts = "texts";
    private const string Lines = "lines";

    // An object whose members are added to those that have fields of their own.
    private const string More = "more";

    /// <summary>What a field is called in the body; null for a field that isn't part of it.</summary>
    public static string? PlaceOf(string name) =>
        name.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? name[(colon + 1)..] : null;

    /// <exception cref="FormFieldException">A field can't be JSON of its kind.</exception>
    public static JsonObject Of(IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var body = new JsonObject();
        foreach ((string name, StringValues values) in form)
        {
            if (PlaceOf(name) is not { } place)
                continue;
            string kind = name[..^(place.Length + 1)];
            string last = values[^1] ?? "";
            switch (kind)
            {
                case Text when last.Length > 0:
                    Set(body, place, last);
                    break;
                case Nullable:
                    Set(body, place, last.Length == 0 ? null : last);
                    break;
                case Number when last.Length > 0:
                    Set(body, place, NumberOf(place, last));
                    break;
                case Json when last.Trim().Length > 0:
                    Set(body, place, JsonOf(place, last));
                    break;
                case More when last.Trim().Length > 0:
                    Merge(body, place, JsonOf(place, last));
                    break;
                case Truth:
                    Set(body, place, last == "true");
                    break;
                case Texts:
                    Set(body, place, new JsonArray([.. values.Where(value => value?.Length > 0).Select(Node)]));
                    break;
                case Lines:
                    Set(
                        body,
                        place,
                        new JsonArray([
                            .. last.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(Node),
                        ])
                    );
                    break;
            }
        }
        Compact(body);
        return body;
    }

    private static JsonNode? Node(string? text) => JsonValue.Create(text);

    private static JsonValue NumberOf(string place, string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? JsonValue.Create(number)
            : throw new FormFieldException(place, $"'{place}' must be a number.");

    private static JsonNode? JsonOf(string place, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException wrong)
        {
            throw new FormFieldException(place, $"'{place}' is not valid JSON: {wrong.Message}");
        }
    }

    private static void Merge(JsonObject body, string place, JsonNode? more)
    {
        if (more is not JsonObject members)
            throw new FormFieldException(place, $"'{place}' must be a JSON object.");
        JsonObject at = ObjectAt(body, place.Split('.'));
        foreach ((string name, JsonNode? value) in members.ToArray())
        {
            members.Remove(name);
            at[name] = value;
        }
    }

    private static void Set(JsonObject body, string place, JsonNode? value)
    {
        string[] steps = place.Split('.');
        JsonObject at = ObjectAt(body, steps.AsSpan(0, steps.Length - 1));
        (string name, int? index) = Step(steps[^1]);
        if (index is { } number)
            ItemsAt(at, name, number)[number] = value;
        else
            at[name] = value;
    }

    private static JsonObject ObjectAt(JsonObject body, ReadOnlySpan<string> steps)
    {
        JsonObject at = body;
        foreach (string step in steps)
        {
            (string name, int? index) = Step(step);
            at = index is { } number
                ? (JsonObject)ItemsAt(at, name, number)[number]!
                : at[name] as JsonObject ?? Add(at, name, new JsonObject());
        }
        return at;
    }

    // Items may be missing in between: a row left empty. They are closed up when all fields are there.
    private static JsonArray ItemsAt(JsonObject at, string name, int index)
    {
        JsonArray items = at[name] as JsonArray ?? Add(at, name, new JsonArray());
        while (items.Count <= index)
            items.Add(new JsonObject());
        return items;
    }

    private static T Add<T>(JsonObject at, string name, T node)
        where T : JsonNode
    {
        at[name] = node;
        return node;
    }

    private static (string Name, int? Index) Step(string step)
    {
        int open = step.IndexOf('[', StringComparison.Ordinal);
        return
            open > 0
            && step[^1] == ']'
            && int.TryParse(
                step.AsSpan(open + 1, step.Length - open - 2),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int index
            )
            && index < 64
            ? (step[..open], index)
            : (step, null);
    }

    private static void Compact(JsonNode node)
    {
        switch (node)
        {
            case JsonArray items:
                for (int i = items.Count - 1; i >= 0; i--)
                {
                    if (items[i] is JsonObject { Count: 0 })
                        items.RemoveAt(i);
                    else if (items[i] is { } item)
                        Compact(item);
                }
                break;
            case JsonObject members:
                foreach ((_, JsonNode? member) in members)
                {
                    if (member is not null)
                        Compact(member);
                }
                break;
        }
    }
}
