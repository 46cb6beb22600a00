using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// Changes the texts inside a stream of events. A text whose pieces come in many events is one text; each place in the events has its own. What was held
/// back when a text ends leaves in an event of its own. Used by one thread at a time.
/// </summary>
internal sealed class EventTexts(AnswerTexts texts)
{
    private static readonly string[] Pieces =
    [
        "content",
        "reasoning",
        "reasoning_content",
        "arguments",
        "text",
        "delta",
        "refusal",
    ];

    private static readonly string[] Indexes = ["index", "output_index", "content_index", "item_id"];

    private static readonly JsonSerializerOptions Line = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Of two members with one name nobody knows which counts.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private bool _changed;
    private bool _ends;

    /// <param name="events">Whole events.</param>
    /// <param name="output">Takes what goes out.</param>
    public void Edit(ReadOnlySpan<byte> events, IBufferWriter<byte> output)
    {
        var each = new WholeEvents(events);
        while (each.MoveNext())
        {
            if (each.Data.IsEmpty || each.Data[0] != '{')
            {
                if (!each.Data.IsEmpty)
                    Flush(output);
                output.Write(each.Event);
                continue;
            }
            if (Read(each.Data) is not { } chunk)
                output.Write(each.Event);
            else
                Edit(each.Event, chunk, output);
        }
    }

    /// <summary>The stream is over.</summary>
    public void End(IBufferWriter<byte> output) => Flush(output);

    private void Edit(ReadOnlySpan<byte> whole, JsonObject chunk, IBufferWriter<byte> output)
    {
        string? type = TextOf(chunk["type"]);
        bool isPiece = type is null || type.EndsWith("delta", StringComparison.Ordinal);
        _changed = false;
        _ends = !isPiece || chunk["error"] is not null || Finishes(chunk);
        Walk(chunk, chunk, "", isPiece);
        if (_ends)
            Flush(output);
        if (_changed)
            Write(whole, chunk, output);
        else
            output.Write(whole);
    }

    // Null for what nobody can make sense of; whoever reads it will say so.
    private static JsonObject? Read(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonNode.Parse(data, documentOptions: Strict) as JsonObject;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Walk(JsonNode? node, JsonObject chunk, string place, bool isPiece)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
                Walk(item, chunk, place, isPiece);
            return;
        }
        if (node is not JsonObject holder)
            return;
        foreach (string index in Indexes)
        {
            if (holder[index] is JsonValue number)
                place += $"/{number.ToJsonString()}";
        }
        foreach ((string name, JsonNode? value) in holder.ToArray())
        {
            if (TextOf(value) is not { } text)
                Walk(value, chunk, $"{place}.{name}", isPiece);
            else if (isPiece && Pieces.Contains(name))
                TakePiece(holder, name, text, chunk, $"{place}.{name}");
            else
                Set(holder, name, text, texts.Change(text, "", name == "arguments") ?? text);
        }
    }

    private void TakePiece(JsonObject holder, string name, string text, JsonObject chunk, string at)
    {
        if (!_places.TryGetValue(at, out Place? place))
            _places[at] = place = new Place(texts.Stream(IsJson(name, chunk)));
        string ready = place.Filter.Take(text);
        if (_ends)
            ready += place.Filter.End();
        place.Last = (chunk, holder, name);
        Set(holder, name, text, ready);
    }

    private void Set(JsonObject holder, string name, string before, string after)
    {
        if (before == after)
            return;
        _changed = true;
        holder[name] = after;
    }

    private void Flush(IBufferWriter<byte> output)
    {
        foreach (Place place in _places.Values)
        {
            if (place.Filter.End() is not { Length: > 0 } rest)
                continue;
            (JsonObject chunk, JsonObject holder, string name) = place.Last;
            foreach (string other in Pieces.Where(other => TextOf(holder[other]) is not null))
                holder.Remove(other);
            holder[name] = rest;
            Write(default, chunk, output);
        }
    }

    private static void Write(ReadOnlySpan<byte> whole, JsonObject chunk, IBufferWriter<byte> output)
    {
        bool typed = false;
        foreach (Range line in whole.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> text = whole[line].TrimEnd((byte)'\r');
            if (text.IsEmpty || text.StartsWith("data:"u8))
                continue;
            typed |= text.StartsWith("event:"u8);
            output.Write(text);
            output.Write("\n"u8);
        }
        if (!typed && whole.IsEmpty && TextOf(chunk["type"]) is { } type)
        {
            output.Write("event: "u8);
            output.Write(System.Text.Encoding.UTF8.GetBytes(type));
            output.Write("\n"u8);
        }
        output.Write("data: "u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(chunk, Line));
        output.Write("\n\n"u8);
    }

    private static bool Finishes(JsonObject chunk) =>
        chunk["choices"] is JsonArray choices
        && choices.Any(choice => (choice as JsonObject)?["finish_reason"] is not null);

    private static bool IsJson(string name, JsonObject chunk) =>
        name == "arguments" || TextOf(chunk["type"])?.Contains("arguments", StringComparison.Ordinal) is true;

    private static string? TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private sealed class Place(ITextFilter filter)
    {
        public ITextFilter Filter => filter;

        public (JsonObject Chunk, JsonObject Holder, string Name) Last { get; set; }
    }
}
