using System.Text.Json;

namespace GroqKit.Simulator.Responses;

/// <summary>Writes a response object; one that has only begun has neither output nor usage.</summary>
internal static class ResponseWriter
{
    public static void Write(Utf8JsonWriter json, ResponseFrame frame, bool isStart = false)
    {
        ResponseRequest request = frame.Request;
        string status = isStart ? "in_progress" : frame.Status;
        json.WriteStartObject();
        json.WriteString("id"u8, frame.Id);
        json.WriteString("object"u8, "response"u8);
        json.WriteString("status"u8, status);
        json.WriteNumber("created_at"u8, frame.CreatedAt);
        json.WriteStartArray("output"u8);
        if (!isStart)
        {
            foreach (ResponseItem item in ResponseItem.Of(frame))
                item.Write(json, isStart: false, frame.Status);
        }

        json.WriteEndArray();
        json.WriteNull("previous_response_id"u8);
        json.WriteString("model"u8, request.Chat.Model);
        json.WriteStartObject("reasoning"u8);
        json.WriteString("effort"u8, request.Chat.ReasoningEffort);
        json.WriteNull("summary"u8);
        json.WriteEndObject();
        Repeat(json, request, "max_output_tokens", "null");
        Repeat(json, request, "instructions", "null");
        Repeat(json, request, "text", """{"format":{"type":"text"}}""");
        Repeat(json, request, "tools", "[]");
        Repeat(json, request, "tool_choice", "\"auto\"");
        Repeat(json, request, "truncation", "\"disabled\"");
        Repeat(json, request, "metadata", "{}");
        Repeat(json, request, "temperature", "1");
        Repeat(json, request, "top_p", "1");
        Repeat(json, request, "user", "null");
        json.WriteString("service_tier"u8, "default"u8);
        json.WriteNull("error"u8);
        WriteIncomplete(json, status);
        if (!isStart)
            WriteUsage(json, frame);
        json.WriteBoolean("parallel_tool_calls"u8, request.Chat.ParallelToolCalls);
        json.WriteBoolean("store"u8, false);
        json.WriteBoolean("background"u8, false);
        json.WriteNumber("top_logprobs"u8, 0);
        json.WriteNull("max_tool_calls"u8);
        json.WriteEndObject();
    }

    private static void Repeat(Utf8JsonWriter json, ResponseRequest request, string name, string otherwise)
    {
        json.WritePropertyName(name);
        if (request.Given(name) is { } value)
            value.WriteTo(json);
        else
            json.WriteRawValue(otherwise);
    }

    private static void WriteIncomplete(Utf8JsonWriter json, string status)
    {
        if (status is not "incomplete")
        {
            json.WriteNull("incomplete_details"u8);
            return;
        }

        json.WriteStartObject("incomplete_details"u8);
        json.WriteString("reason"u8, "max_output_tokens"u8);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, ResponseFrame frame)
    {
        var tokens = frame.Answer.Tokens;
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, tokens.Prompt);
        json.WriteStartObject("input_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, 0);
        json.WriteNumber("reasoning_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteNumber("output_tokens"u8, tokens.Completion);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, 0);
        json.WriteNumber("reasoning_tokens"u8, tokens.Reasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens"u8, tokens.Total);
        json.WriteEndObject();
    }
}
