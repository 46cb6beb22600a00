using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>The items of a realtime conversation, in order. Safe for all threads.</summary>
internal sealed class RealtimeConversation
{
    /// <summary>What callers know it by: a session has one.</summary>
    public const string Name = "conv_default";

    private const int MostItems = 4096;

    // Of what callers write, images included.
    private const long MostCharacters = 64L * 1024 * 1024;

    private static readonly string[] Texts = ["text", "transcript", "image_url"];

    private readonly Lock _gate = new();
    private readonly List<RealtimeItem> _items = [];

    public static string NewId(string kind) => $"{kind}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";

    /// <summary>Reads an item that a caller makes.</summary>
    /// <exception cref="RealtimeException">A member is wrong.</exception>
    public static RealtimeItem Read(JsonNode? node, string param)
    {
        JsonObject given = Members.Object(node, param) ?? throw RealtimeException.Missing(param);
        var json = (JsonObject)given.DeepClone();
        string id = Members.Text(json["id"], param + ".id") ?? NewId("item");
        switch (Members.Text(json["type"], param + ".type"))
        {
            case "message":
                CheckMessage(json, param);
                break;
            case "function_call_output":
                _ =
                    Members.Text(json["call_id"], param + ".call_id")
                    ?? throw RealtimeException.Missing(param + ".call_id");
                _ =
                    Members.Text(json["output"], param + ".output")
                    ?? throw RealtimeException.Missing(param + ".output");
                break;
            case "function_call":
                _ = Members.Text(json["name"], param + ".name") ?? throw RealtimeException.Missing(param + ".name");
                _ = Members.Text(json["call_id"], param + ".call_id");
                CheckArguments(json, param);
                break;
            case null:
                throw RealtimeException.Missing(param + ".type");
            case var other:
                throw RealtimeException.Wrong(
                    param + ".type",
                    $"'{other}' is none of message, function_call, function_call_output."
                );
        }
        json["id"] = id;
        json["object"] = "realtime.item";
        json["status"] = "completed";
        return new RealtimeItem(id, json) { Length = json.ToJsonString().Length };
    }

    /// <summary>Reads an item that a caller makes for one answer, or finds the one that it refers to.</summary>
    /// <exception cref="RealtimeException">A member is wrong, or there is none.</exception>
    public RealtimeItem Find(JsonNode? node, string param) =>
        node is JsonObject given && Members.Text(given["type"], param + ".type") is "item_reference"
            ? Get(Members.Text(given["id"], param + ".id"), param + ".id")
            : Read(node, param);

    /// <summary>Puts an item in; gives the id of the one before it.</summary>
    /// <exception cref="RealtimeException">The item before it is not there, or its own id is.</exception>
    public string? Add(RealtimeItem item, string? after = null)
    {
        lock (_gate)
        {
            if (_items.Exists(known => known.Id == item.Id))
                throw RealtimeException.Wrong("item.id", $"'{item.Id}' is there already.");
            if (item.IsResult && !_items.Exists(known => known.IsCall && known.CallId == item.CallId))
                throw RealtimeException.Wrong("item.call_id", $"there is no call '{item.CallId}'.");
            if (_items.Count == MostItems)
                throw new RealtimeException(
                    "conversation_too_long",
                    $"The conversation has {MostItems} items; delete some."
                );
            if (_items.Sum(known => known.Length) + item.Length > MostCharacters)
                throw new RealtimeException(
                    "conversation_too_long",
                    $"item: the conversation would have more than {MostCharacters} characters; delete some.",
                    "item"
                );
            int index = after switch
            {
                null => _items.Count,
                "root" => 0,
                _ => _items.FindIndex(known => known.Id == after) + 1,
            };
            if (index == 0 && after is not (null or "root"))
                throw RealtimeException.Wrong("previous_item_id", $"there is no item '{after}'.");
            _items.Insert(index, item);
            return index == 0 ? null : _items[index - 1].Id;
        }
    }

    /// <exception cref="RealtimeException">There is none.</exception>
    public RealtimeItem Get(string? id, string param = "item_id")
    {
        if (id is null)
            throw RealtimeException.Missing(param);
        lock (_gate)
        {
            return _items.Find(item => item.Id == id)
                ?? throw RealtimeException.Wrong(param, $"there is no item '{id}'.");
        }
    }

    public void Remove(RealtimeItem item)
    {
        lock (_gate)
            _items.Remove(item);
    }

    public List<ChatMessage> ToMessages()
    {
        lock (_gate)
            return RealtimeHistory.Of(_items);
    }

    private static void CheckMessage(JsonObject json, string param)
    {
        if (Members.Text(json["role"], param + ".role") is not ("user" or "assistant" or "system"))
            throw RealtimeException.Wrong(param + ".role", "must be user, assistant or system.");
        JsonArray content =
            Members.Array(json["content"], param + ".content") ?? throw RealtimeException.Missing(param + ".content");
        for (int i = 0; i < content.Count; i++)
        {
            string place = $"{param}.content[{i}]";
            JsonObject part = Members.Object(content[i], place) ?? throw RealtimeException.Missing(place);
            string? needed = Members.Text(part["type"], place + ".type") switch
            {
                "input_text" or "output_text" or "text" => "text",
                "input_image" => "image_url",
                "output_audio" => "transcript",
                "input_audio" => throw RealtimeException.Wrong(
                    place + ".type",
                    "sound comes by input_audio_buffer.append."
                ),
                _ => throw RealtimeException.Wrong(
                    place + ".type",
                    "must be input_text, input_image, output_text or output_audio."
                ),
            };
            _ = Members.Text(part[needed], $"{place}.{needed}") ?? throw RealtimeException.Missing($"{place}.{needed}");
            foreach (string name in Texts)
                _ = Members.Text(part[name], $"{place}.{name}");
            CheckImage(part, place + ".image_url");
        }
    }

    private static void CheckImage(JsonObject part, string param)
    {
        try
        {
            _ = RealtimeItem.ImageOf(part);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw RealtimeException.Wrong(param, "must be an absolute address or a data URL.");
        }
    }

    private static void CheckArguments(JsonObject json, string param)
    {
        string arguments = Members.Text(json["arguments"], param + ".arguments") ?? "{}";
        try
        {
            _ =
                JsonNode.Parse(arguments) as JsonObject
                ?? throw RealtimeException.Wrong(param + ".arguments", "must be a JSON object.");
        }
        catch (System.Text.Json.JsonException)
        {
            throw RealtimeException.Wrong(param + ".arguments", "must be a JSON object.");
        }
    }
}
