using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Writes the parts of a user's message.</summary>
internal static class ContentWriter
{
    /// <summary>False for what only informs, or has a place of its own in a message.</summary>
    public static bool IsPart(AIContent content) =>
        content
            is not (
                UsageContent
                or ErrorContent
                or ToolCallContent
                or ToolResultContent
                or InputRequestContent
                or InputResponseContent
                or TextReasoningContent
            )
        && content.GetType() != typeof(AIContent);

    /// <exception cref="NotSupportedException">The content would be lost.</exception>
    public static void Write(Utf8JsonWriter json, AIContent content, string path)
    {
        json.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                WriteImage(json, $"data:{data.MediaType};base64,{data.Base64Data}", data);
                break;
            case UriContent uri when uri.HasTopLevelMediaType("image"):
                WriteImage(json, uri.Uri.AbsoluteUri, uri);
                break;
            case DataContent { MediaType: "audio/wav" or "audio/mpeg" or "audio/mp3" } audio:
                json.WriteString("type", "input_audio");
                json.WriteStartObject("input_audio");
                json.WriteString("data", audio.Base64Data.Span);
                json.WriteString("format", audio.MediaType == "audio/wav" ? "wav" : "mp3");
                json.WriteEndObject();
                break;
            case DataContent { MediaType: "application/pdf" } file:
                json.WriteString("type", "file");
                json.WriteStartObject("file");
                json.WriteString("filename", file.Name ?? "document.pdf");
                json.WriteString("file_data", $"data:application/pdf;base64,{file.Base64Data}");
                json.WriteEndObject();
                break;
            default:
                string kind = content is DataContent other
                    ? $"DataContent of {other.MediaType}"
                    : content.GetType().Name;
                throw new NotSupportedException($"{path}: a {kind} has no place in chat completions.");
        }
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, string url, AIContent content)
    {
        json.WriteString("type", "image_url");
        json.WriteStartObject("image_url");
        json.WriteString("url", url);
        if (content.AdditionalProperties?.GetValueOrDefault("detail")?.ToString() is { Length: > 0 } detail)
            json.WriteString("detail", detail);
        json.WriteEndObject();
    }
}
