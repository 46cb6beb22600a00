using System.Text.Json;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.OpenAi.Chat;

/// <summary>Writes the chunks of a streamed completion.</summary>
internal static class OpenAiChunkWriter
{
    private const string Padding = "simulator-0123456789abcdefghijkl";

    public static void WriteOpening(Utf8JsonWriter json, (OpenAiFrame Frame, int Choice) chunk)
    {
        Start(json, chunk.Frame, chunk.Choice);
        json.WriteString("role"u8, "assistant"u8);
        if (chunk.Frame.Answers[chunk.Choice].Content is null)
            json.WriteNull("content"u8);
        else
            json.WriteString("content"u8, ""u8);
        json.WriteNull("refusal"u8);
        End(json, chunk.Frame, finishReason: null);
    }

    public static void WriteDelta(Utf8JsonWriter json, (OpenAiFrame Frame, int Choice, OpenAiDelta Delta) chunk)
    {
        Start(json, chunk.Frame, chunk.Choice);
        OpenAiDelta delta = chunk.Delta;
        bool isDeprecated = chunk.Frame.Answers[chunk.Choice].FinishReason is "function_call";
        if (delta.Content is { } content)
            json.WriteString("content"u8, content);
        else if (isDeprecated)
            WriteFunction(json, "function_call", delta);
        else
            WriteCall(json, delta);
        End(json, chunk.Frame, finishReason: null);
    }

    public static void WriteClosing(Utf8JsonWriter json, (OpenAiFrame Frame, int Choice) chunk)
    {
        Start(json, chunk.Frame, chunk.Choice);
        End(json, chunk.Frame, chunk.Frame.Answers[chunk.Choice].FinishReason);
    }

    /// <summary>The extra chunk without choices that <c>stream_options.include_usage</c> asks for.</summary>
    public static void WriteUsage(Utf8JsonWriter json, OpenAiFrame frame)
    {
        WriteHead(json, frame);
        json.WriteStartArray("choices"u8);
        json.WriteEndArray();
        json.WritePropertyName("usage"u8);
        OpenAiCompletionWriter.WriteUsage(json, frame.Tokens);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, OpenAiDelta delta)
    {
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, delta.CallIndex);
        if (delta.Begun is { } call)
        {
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
        }

        WriteFunction(json, "function", delta);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter json, string name, OpenAiDelta delta)
    {
        json.WriteStartObject(name);
        if (delta.Begun is { } call)
            json.WriteString("name"u8, call.Name);
        json.WriteString("arguments"u8, delta.Arguments ?? "");
        json.WriteEndObject();
    }

    private static void Start(Utf8JsonWriter json, OpenAiFrame frame, int choice)
    {
        WriteHead(json, frame);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("delta"u8);
    }

    private static void WriteHead(Utf8JsonWriter json, OpenAiFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, frame.Id);
        json.WriteString("object"u8, "chat.completion.chunk"u8);
        json.WriteNumber("created"u8, frame.Created);
        json.WriteString("model"u8, frame.Model);
        json.WriteString("service_tier"u8, "default"u8);
        json.WriteString("system_fingerprint"u8, frame.Fingerprint);
    }

    private static void End(Utf8JsonWriter json, OpenAiFrame frame, string? finishReason)
    {
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (frame.IncludesUsage)
            json.WriteNull("usage"u8);
        // Random at OpenAI; what it hides does not matter here, that it is there does.
        if (frame.Obfuscates)
            json.WriteString("obfuscation"u8, Padding.AsSpan(0, 4 + (int)(StableHash.Of(frame.Id) % 24)));
        json.WriteEndObject();
    }
}
