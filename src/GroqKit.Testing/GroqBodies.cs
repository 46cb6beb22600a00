using System.Text.Json.Nodes;

namespace GroqKit.Testing;

/// <summary>Bodies in the form that Groq gives them, with invented values.</summary>
public static class GroqBodies
{
    private const string Id = "chatcmpl-00000000-0000-4000-8000-000000000001";
    private const string RequestId = "req_01test000000000000000000000";
    private const string Fingerprint = "fp_test";
    private const long Created = 1_790_000_000;

    /// <summary>The model that the bodies name.</summary>
    public const string Model = "openai/gpt-oss-20b";

    /// <summary>A whole chat answer.</summary>
    /// <param name="text">What the model says.</param>
    /// <param name="reasoning">What it thought; null: nothing.</param>
    /// <param name="model">The model that answers.</param>
    public static string Chat(string text, string? reasoning = null, string model = Model)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = text };
        if (reasoning is not null)
            message["reasoning"] = reasoning;
        return Completion(message, "stop", model);
    }

    /// <summary>A chat answer that calls one tool.</summary>
    /// <param name="name">The function.</param>
    /// <param name="arguments">Its arguments as JSON text.</param>
    /// <param name="id">The call's id.</param>
    public static string ToolCall(string name, string arguments, string id = "call_1") =>
        Completion(
            new JsonObject { ["role"] = "assistant", ["tool_calls"] = new JsonArray(Call(name, arguments, id, null)) },
            "tool_calls",
            Model
        );

    /// <summary>A chunk of text.</summary>
    /// <param name="text">The text.</param>
    public static string TextChunk(string text) => Chunk(new JsonObject { ["content"] = text });

    /// <summary>A chunk of thinking.</summary>
    /// <param name="text">The thinking.</param>
    public static string ReasoningChunk(string text) =>
        Chunk(new JsonObject { ["reasoning"] = text, ["channel"] = "analysis" });

    /// <summary>A chunk with a whole tool call.</summary>
    /// <param name="name">The function.</param>
    /// <param name="arguments">Its arguments as JSON text.</param>
    /// <param name="id">The call's id.</param>
    /// <param name="index">The call's position.</param>
    public static string ToolCallChunk(string name, string arguments, string id = "call_1", int index = 0) =>
        Chunk(new JsonObject { ["tool_calls"] = new JsonArray(Call(name, arguments, id, index)) });

    /// <summary>A chunk with any delta.</summary>
    /// <param name="delta">The delta as JSON text.</param>
    /// <param name="finishReason">Why the answer ended; null while it has not.</param>
    public static string Chunk(string delta, string? finishReason = null) =>
        Chunk((JsonObject)JsonNode.Parse(delta)!, finishReason);

    /// <summary>The last chunk, with finish reason and usage.</summary>
    /// <param name="finishReason">Why the answer ended.</param>
    public static string LastChunk(string finishReason = "stop")
    {
        JsonObject chunk = ChunkObject([], finishReason);
        chunk["usage"] = Usage();
        chunk["x_groq"] = new JsonObject { ["id"] = RequestId, ["usage"] = Usage() };
        return chunk.ToJsonString();
    }

    /// <summary>An error.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="type">Its type.</param>
    /// <param name="code">Its code.</param>
    public static string Error(string message, string type = "invalid_request_error", string? code = null)
    {
        var error = new JsonObject { ["message"] = message, ["type"] = type };
        if (code is not null)
            error["code"] = code;
        return new JsonObject { ["error"] = error }.ToJsonString();
    }

    /// <summary>An error within a stream.</summary>
    /// <param name="message">What it says.</param>
    /// <param name="status">The status that the call would have had.</param>
    public static string StreamError(string message, int status = 500) =>
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["type"] = "internal_server_error",
                ["status_code"] = status,
            },
        }.ToJsonString();

    /// <summary>A transcription.</summary>
    /// <param name="text">What was said.</param>
    public static string Transcription(string text) =>
        new JsonObject
        {
            ["text"] = text,
            ["x_groq"] = new JsonObject { ["id"] = RequestId },
        }.ToJsonString();

    /// <summary>A transcription with one segment per sentence.</summary>
    /// <param name="seconds">How long each segment takes.</param>
    /// <param name="segments">What was said, segment by segment.</param>
    public static string VerboseTranscription(double seconds, params string[] segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        return new JsonObject
        {
            ["task"] = "transcribe",
            ["language"] = "English",
            ["duration"] = seconds * segments.Length,
            ["text"] = string.Join(' ', segments),
            ["segments"] = new JsonArray([.. segments.Select((text, index) => Segment(index, seconds, text))]),
            ["x_groq"] = new JsonObject { ["id"] = RequestId },
        }.ToJsonString();
    }

    /// <summary>A list of models.</summary>
    /// <param name="ids">Their ids.</param>
    public static string Models(params string[] ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([
                .. ids.Select(id => new JsonObject
                {
                    ["id"] = id,
                    ["object"] = "model",
                    ["created"] = Created,
                    ["owned_by"] = "test",
                    ["active"] = true,
                    ["context_window"] = 131_072,
                    ["max_completion_tokens"] = 65_536,
                }),
            ]),
        }.ToJsonString();
    }

    private static JsonObject Segment(int index, double seconds, string text) =>
        new()
        {
            ["id"] = index,
            ["seek"] = 0,
            ["start"] = index * seconds,
            ["end"] = (index + 1) * seconds,
            ["text"] = text,
            ["tokens"] = new JsonArray(),
            ["temperature"] = 0,
            ["avg_logprob"] = -0.1,
            ["compression_ratio"] = 1.2,
            ["no_speech_prob"] = 0.01,
        };

    private static string Completion(JsonObject message, string finishReason, string model) =>
        new JsonObject
        {
            ["id"] = Id,
            ["object"] = "chat.completion",
            ["created"] = Created,
            ["model"] = model,
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    ["message"] = message,
                    ["logprobs"] = null,
                    ["finish_reason"] = finishReason,
                }
            ),
            ["usage"] = Usage(),
            ["system_fingerprint"] = Fingerprint,
            ["x_groq"] = new JsonObject { ["id"] = RequestId },
            ["service_tier"] = "on_demand",
        }.ToJsonString();

    private static string Chunk(JsonObject delta, string? finishReason = null) =>
        ChunkObject(delta, finishReason).ToJsonString();

    private static JsonObject ChunkObject(JsonObject delta, string? finishReason) =>
        new()
        {
            ["id"] = Id,
            ["object"] = "chat.completion.chunk",
            ["created"] = Created,
            ["model"] = Model,
            ["system_fingerprint"] = Fingerprint,
            ["choices"] = new JsonArray(
                new JsonObject
                {
                    ["index"] = 0,
                    ["delta"] = delta,
                    ["logprobs"] = null,
                    ["finish_reason"] = finishReason,
                }
            ),
        };

    private static JsonObject Call(string name, string arguments, string id, int? index)
    {
        var call = new JsonObject
        {
            ["id"] = id,
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments },
        };
        if (index is { } position)
            call["index"] = position;
        return call;
    }

    private static JsonObject Usage() =>
        new()
        {
            ["queue_time"] = 0.01,
            ["prompt_tokens"] = 20,
            ["prompt_time"] = 0.001,
            ["completion_tokens"] = 10,
            ["completion_time"] = 0.01,
            ["total_tokens"] = 30,
            ["total_time"] = 0.011,
        };
}
