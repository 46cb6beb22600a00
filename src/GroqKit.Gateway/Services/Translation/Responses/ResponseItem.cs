using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Services.Translation.Responses;

/// <summary>One item of a response's output while it is written: thoughts, a message, or a call of a function.</summary>
/// <param name="kind">One of the constants.</param>
/// <param name="id">Its id.</param>
internal sealed class ResponseItem(string kind, string id)
{
    public const string Reasoning = "reasoning";
    public const string Message = "message";
    public const string Call = "function_call";

    private readonly StringBuilder _text = new();

    public string Kind => kind;

    public string Id => id;

    /// <summary>By which a function's result is given back.</summary>
    public string CallId { get; init; } = "";

    /// <summary>The function.</summary>
    public string Name { get; init; } = "";

    /// <summary>What was written so far: text, or arguments.</summary>
    public string Text => _text.ToString();

    /// <summary>The type of its one part; null for a call, which has none.</summary>
    public string? PartType =>
        kind switch
        {
            Reasoning => "reasoning_text",
            Message => "output_text",
            _ => null,
        };

    public void Append(string text) => _text.Append(text);

    /// <param name="json">Where to.</param>
    /// <param name="status">in_progress, completed or incomplete.</param>
    public void Write(Utf8JsonWriter json, string status)
    {
        bool isBegun = status == "in_progress";
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("type"u8, kind);
        json.WriteString("status"u8, status);
        if (kind == Call)
        {
            json.WriteString("call_id"u8, CallId);
            json.WriteString("name"u8, Name);
            json.WriteString("arguments"u8, isBegun ? "" : Text);
            json.WriteEndObject();
            return;
        }
        if (kind == Message)
            json.WriteString("role"u8, "assistant"u8);
        else
        {
            json.WriteStartArray("summary"u8);
            json.WriteEndArray();
        }
        json.WriteStartArray("content"u8);
        if (!isBegun)
            WritePart(json, Text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void WritePart(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, PartType);
        json.WriteString("text"u8, text);
        if (kind == Message)
        {
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
            json.WriteStartArray("logprobs"u8);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
