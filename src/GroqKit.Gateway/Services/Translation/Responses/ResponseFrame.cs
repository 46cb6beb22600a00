using System.Text.Json;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Translation.Responses;

/// <summary>The response object around the items that a chat gave, as OpenAI's clients read it.</summary>
/// <param name="id">The response's id.</param>
/// <param name="model">Who answered.</param>
/// <param name="createdAt">Unix seconds.</param>
/// <param name="request">What was asked, which is repeated.</param>
internal sealed class ResponseFrame(string id, string model, long createdAt, JsonRequest request)
{
    private static readonly (string Name, string Otherwise)[] Repeated =
    [
        ("instructions", "null"),
        ("max_output_tokens", "null"),
        ("metadata", "{}"),
        ("parallel_tool_calls", "true"),
        ("reasoning", """{"effort":null,"summary":null}"""),
        ("temperature", "1"),
        ("text", """{"format":{"type":"text"}}"""),
        ("tool_choice", "\"auto\""),
        ("tools", "[]"),
        ("top_p", "1"),
        ("truncation", "\"disabled\""),
        ("user", "null"),
    ];

    private readonly List<ResponseItem> _items = [];

    public IReadOnlyList<ResponseItem> Items => _items;

    public TokenUsage Usage { get; set; }

    /// <summary>Why the chat ended, in chat's words.</summary>
    public string? FinishReason { get; set; }

    /// <summary>completed, or incomplete where the chat was cut short.</summary>
    public string Status => FinishReason is "length" or "content_filter" ? "incomplete" : "completed";

    /// <summary>Begins an item.</summary>
    public ResponseItem Add(string kind, string callId = "", string name = "")
    {
        string prefix = kind switch
        {
            ResponseItem.Message => "msg",
            ResponseItem.Call => "fc",
            _ => "rs",
        };
        var item = new ResponseItem(
            kind,
            $"{prefix}_{id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]}{_items.Count}"
        )
        {
            CallId = callId.Length > 0 ? callId : $"call_{_items.Count}",
            Name = name,
        };
        _items.Add(item);
        return item;
    }

    /// <param name="json">Where to.</param>
    /// <param name="isBegun">True before there is any output.</param>
    public void Write(Utf8JsonWriter json, bool isBegun)
    {
        string status = isBegun ? "in_progress" : Status;
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, createdAt);
        json.WriteString("status"u8, status);
        json.WriteString("model"u8, model);
        json.WriteStartArray("output"u8);
        foreach (ResponseItem item in isBegun ? [] : _items)
            item.Write(json, item == _items[^1] ? status : "completed");
        json.WriteEndArray();
        foreach ((string name, string otherwise) in Repeated)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(
                request.Find(name) is { } given ? given.Value.Span : System.Text.Encoding.UTF8.GetBytes(otherwise),
                skipInputValidation: true
            );
        }
        json.WriteNull("previous_response_id"u8);
        json.WriteNull("error"u8);
        json.WriteBoolean("store"u8, false);
        json.WriteBoolean("background"u8, false);
        WriteIncomplete(json, status);
        WriteUsage(json, isBegun);
        json.WriteEndObject();
    }

    private void WriteIncomplete(Utf8JsonWriter json, string status)
    {
        if (status != "incomplete")
        {
            json.WriteNull("incomplete_details"u8);
            return;
        }
        json.WriteStartObject("incomplete_details"u8);
        json.WriteString("reason"u8, FinishReason == "length" ? "max_output_tokens" : FinishReason);
        json.WriteEndObject();
    }

    private void WriteUsage(Utf8JsonWriter json, bool isBegun)
    {
        if (isBegun)
        {
            json.WriteNull("usage"u8);
            return;
        }
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, Usage.Prompt);
        json.WriteStartObject("input_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, Usage.Cached);
        json.WriteEndObject();
        json.WriteNumber("output_tokens"u8, Usage.Completion);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, Usage.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens"u8, Math.Max(Usage.Total, Usage.Prompt + Usage.Completion));
        json.WriteEndObject();
    }
}
