using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.ServerTools;

namespace GroqKit.Simulator.Responses;

/// <summary>One item of a response's output: thoughts, a message or a call.</summary>
internal sealed record ResponseItem(string Kind, string Id, string Text, ToolCall? Call = null)
{
    /// <summary>The type of the part that holds the text.</summary>
    public string PartType => Kind is "reasoning" ? "reasoning_text" : "output_text";

    public static IReadOnlyList<ResponseItem> Of(ResponseFrame frame)
    {
        List<ResponseItem> items = [];
        string tail = frame.Id["resp_".Length..];
        if (frame.Answer.Reasoning is { Length: > 0 } thoughts)
            items.Add(new("reasoning", $"resp_{tail}r", thoughts));
        foreach (ToolServer server in frame.Answer.Run.Servers)
            items.Add(new("mcp_list_tools", $"mcpl_{tail}{items.Count}", "") { Server = server });
        foreach (ExecutedTool tool in frame.Answer.Run.Executed.Where(tool => tool.Server is not null))
            items.Add(new("mcp_call", $"mcp_{tail}{items.Count}", "") { Executed = tool });
        if (frame.Answer.Content is { } content)
            items.Add(new("message", $"msg_{tail}", content));
        foreach (ToolCall call in frame.Answer.Calls)
            items.Add(new("function_call", call.Id, call.Arguments, call));
        return items;
    }

    /// <summary>Of an item that lists the tools of a remote server.</summary>
    private ToolServer? Server { get; init; }

    /// <summary>Of an item that tells of a call of one of them.</summary>
    private ExecutedTool? Executed { get; init; }

    /// <summary>Whether the item comes at once, with nothing in it to stream.</summary>
    public bool IsWhole => Server is not null || Executed is not null;

    /// <param name="json">Where to.</param>
    /// <param name="isStart">As it is when it has only just begun.</param>
    /// <param name="status">What it has come to.</param>
    public void Write(Utf8JsonWriter json, bool isStart, string status)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, Kind);
        json.WriteString("id"u8, Id);
        if (Server is not null)
        {
            ExecutedToolWriter.WriteServer(json, Server);
            json.WriteEndObject();
            return;
        }

        if (Executed is not null)
        {
            WriteExecuted(json, Executed, isStart);
            json.WriteEndObject();
            return;
        }

        json.WriteString("status"u8, isStart ? "in_progress" : status);
        if (Call is not null)
        {
            json.WriteString("call_id"u8, Call.Id);
            json.WriteString("name"u8, Call.Name);
            json.WriteString("arguments"u8, isStart ? "" : Text);
        }
        else
        {
            if (Kind is "message")
                json.WriteString("role"u8, "assistant"u8);
            json.WriteStartArray("content"u8);
            if (!isStart)
                WritePart(json, Text);
            json.WriteEndArray();
            if (Kind is "reasoning")
            {
                json.WriteStartArray("summary"u8);
                json.WriteEndArray();
            }
        }

        json.WriteEndObject();
    }

    private static void WriteExecuted(Utf8JsonWriter json, ExecutedTool tool, bool isStart)
    {
        json.WriteString("server_label"u8, tool.Server);
        json.WriteString("name"u8, tool.Name);
        json.WriteString("arguments"u8, tool.Arguments);
        json.WriteString("output"u8, isStart ? null : tool.Output);
    }

    public void WritePart(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, PartType);
        json.WriteString("text"u8, text);
        if (Kind is "message")
        {
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
            json.WriteNull("logprobs"u8);
        }

        json.WriteEndObject();
    }
}
