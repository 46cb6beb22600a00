using System.Text.Json;

namespace GroqKit.Simulator.Chat.ServerTools;

/// <summary>Writes <c>executed_tools</c> and <c>mcp_list_tools</c>.</summary>
internal static class ExecutedToolWriter
{
    public static void WriteAll(Utf8JsonWriter json, IReadOnlyList<ExecutedTool> tools)
    {
        if (tools.Count == 0)
            return;
        json.WriteStartArray("executed_tools"u8);
        for (int i = 0; i < tools.Count; i++)
            Write(json, tools[i], i, isDone: true);
        json.WriteEndArray();
    }

    /// <summary>A stream tells of a tool twice under the same index: when it starts, and when it is done.</summary>
    public static void Write(Utf8JsonWriter json, ExecutedTool tool, int index, bool isDone)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteString("type"u8, tool.Type);
        json.WriteString("name"u8, tool.Name);
        json.WriteString("arguments"u8, tool.Arguments);
        if (isDone)
        {
            json.WriteString("output"u8, tool.Output);
            if (tool.Pages.Count > 0)
                WritePages(json, tool);
            if (tool.Printed is { } printed)
                WriteCode(json, printed);
        }

        json.WriteEndObject();
    }

    public static void WriteServers(Utf8JsonWriter json, IReadOnlyList<ToolServer> servers)
    {
        if (servers.Count == 0)
            return;
        json.WriteStartArray("mcp_list_tools"u8);
        for (int i = 0; i < servers.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, $"mcpl_{i}");
            json.WriteString("type"u8, "mcp_list_tools"u8);
            WriteServer(json, servers[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteServer(Utf8JsonWriter json, ToolServer server)
    {
        json.WriteString("server_label"u8, server.Label);
        json.WriteStartArray("tools"u8);
        foreach (string tool in server.Tools)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, tool);
            json.WriteString("description"u8, $"A made-up tool of {server.Label}");
            json.WritePropertyName("input_schema"u8);
            json.WriteRawValue("""{"type":"object","properties":{"query":{"type":"string"}}}""");
            json.WriteNull("annotations"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePages(Utf8JsonWriter json, ExecutedTool tool)
    {
        if (tool.IsBrowsing)
        {
            json.WriteStartArray("browser_results"u8);
        }
        else
        {
            json.WriteStartObject("search_results"u8);
            json.WriteStartArray("results"u8);
        }

        foreach (FoundPage page in tool.Pages)
        {
            json.WriteStartObject();
            json.WriteString("title"u8, page.Title);
            json.WriteString("url"u8, page.Url);
            json.WriteString("content"u8, page.Content);
            if (!tool.IsBrowsing)
                json.WriteNumber("score"u8, page.Score);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (tool.IsBrowsing)
            return;
        json.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter json, string printed)
    {
        json.WriteStartArray("code_results"u8);
        json.WriteStartObject();
        json.WriteString("text"u8, printed);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
