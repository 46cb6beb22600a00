using System.Text.Json;
using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.ServerTools;

namespace GroqKit.Simulator.Chat.Wire;

/// <summary>Writes the chunks of a streamed answer.</summary>
internal static class ChunkWriter
{
    public static void WriteOpening(Utf8JsonWriter json, AnswerFrame frame)
    {
        Start(json, frame);
        json.WriteStartObject("delta"u8);
        json.WriteString("role"u8, "assistant"u8);
        if (frame.Answer.Calls.Count == 0)
            json.WriteString("content"u8, ""u8);
        else
            json.WriteNull("content"u8);
        json.WriteEndObject();
        EndChoice(json, finishReason: null);
        json.WriteStartObject("x_groq"u8);
        json.WriteString("id"u8, frame.RequestId);
        json.WriteNumber("seed"u8, frame.Seed);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteDelta(Utf8JsonWriter json, (AnswerFrame Frame, Delta Delta) chunk)
    {
        Start(json, chunk.Frame);
        json.WriteStartObject("delta"u8);
        if (chunk.Delta.Content is { } content)
        {
            json.WriteString("content"u8, content);
        }
        else if (chunk.Delta.Reasoning is { } reasoning)
        {
            json.WriteString("reasoning"u8, reasoning);
            if (chunk.Frame.Model.IsGptOss)
                json.WriteString("channel"u8, "analysis"u8);
        }
        else if (chunk.Delta.Executed is { } tool)
        {
            json.WriteStartArray("executed_tools"u8);
            ExecutedToolWriter.Write(json, tool, chunk.Delta.Index, chunk.Delta.IsDone);
            json.WriteEndArray();
        }
        else if (chunk.Delta.Call is { } call)
        {
            WriteCall(json, call, chunk.Delta.Index, chunk.Frame.Answer.FinishReason is "function_call");
        }

        json.WriteEndObject();
        EndChoice(json, finishReason: null);
        json.WriteEndObject();
    }

    /// <summary>The finish reason, and the usage in both places where Groq puts it.</summary>
    public static void WriteClosing(Utf8JsonWriter json, AnswerFrame frame)
    {
        Start(json, frame);
        json.WriteStartObject("delta"u8);
        json.WriteEndObject();
        EndChoice(json, frame.Answer.FinishReason);
        json.WriteStartObject("x_groq"u8);
        json.WriteString("id"u8, frame.RequestId);
        json.WritePropertyName("usage"u8);
        UsageWriter.Write(json, frame);
        if (frame.Model.IsCompound)
            UsageWriter.WriteBreakdown(json, frame);
        json.WriteEndObject();
        json.WritePropertyName("usage"u8);
        UsageWriter.Write(json, frame);
        json.WriteString("service_tier"u8, "on_demand"u8);
        json.WriteEndObject();
    }

    /// <summary>The extra chunk without choices that <c>stream_options.include_usage</c> asks for.</summary>
    public static void WriteUsage(Utf8JsonWriter json, AnswerFrame frame)
    {
        WriteHead(json, frame);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        UsageWriter.Write(json, frame);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, ToolCall call, int index, bool deprecated)
    {
        if (deprecated)
        {
            json.WritePropertyName("function_call"u8);
            CompletionWriter.WriteFunction(json, call);
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        json.WriteString("id"u8, call.Id);
        json.WriteString("type"u8, "function"u8);
        json.WritePropertyName("function"u8);
        CompletionWriter.WriteFunction(json, call);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Start(Utf8JsonWriter json, AnswerFrame frame)
    {
        WriteHead(json, frame);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
    }

    private static void WriteHead(Utf8JsonWriter json, AnswerFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, frame.CompletionId);
        json.WriteString("object"u8, "chat.completion.chunk"u8);
        json.WriteNumber("created"u8, frame.Created);
        json.WriteString("model"u8, frame.Model.Id);
        json.WriteString("system_fingerprint"u8, frame.Fingerprint);
    }

    private static void EndChoice(Utf8JsonWriter json, string? finishReason)
    {
        json.WriteNull("logprobs"u8);
        if (finishReason is null)
            json.WriteNull("finish_reason"u8);
        else
            json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
