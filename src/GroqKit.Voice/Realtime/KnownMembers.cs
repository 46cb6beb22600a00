using System.Text.Json.Nodes;

namespace GroqKit.Voice.Realtime;

/// <summary>The members that the protocol has: another one is a typing error, or of a protocol that is not this one, and is refused by its name.</summary>
internal static class KnownMembers
{
    private static readonly string[] Audio = ["input", "output"];
    private static readonly string[] Input = ["format", "transcription", "noise_reduction", "turn_detection"];
    private static readonly string[] Output = ["format", "voice", "speed"];
    private static readonly string[] Format = ["type", "rate"];
    private static readonly string[] Transcription = ["model", "language", "languages", "keywords", "prompt", "delay"];

    private static readonly string[] Detection =
    [
        "type",
        "threshold",
        "prefix_padding_ms",
        "silence_duration_ms",
        "eagerness",
        "create_response",
        "interrupt_response",
        "idle_timeout_ms",
    ];

    // Of an answer and of the session.
    private static readonly string[] Shared =
    [
        "output_modalities",
        "instructions",
        "audio",
        "tools",
        "tool_choice",
        "parallel_tool_calls",
        "reasoning",
        "max_output_tokens",
        "prompt",
    ];

    private static readonly string[] Session =
    [
        .. Shared,
        "type",
        "id",
        "object",
        "expires_at",
        "model",
        "truncation",
        "tracing",
        "include",
    ];

    private static readonly string[] Response = [.. Shared, "conversation", "input", "metadata"];

    /// <exception cref="RealtimeException">There is one that the protocol doesn't have.</exception>
    public static void CheckSession(JsonObject session, string param)
    {
        Check(session, param, Session);
        CheckAudio(session, param, Audio);
    }

    /// <exception cref="RealtimeException">There is one that the protocol doesn't have.</exception>
    public static void CheckResponse(JsonObject response, string param)
    {
        Check(response, param, Response);
        CheckAudio(response, param, ["output"]);
    }

    /// <exception cref="RealtimeException">There is another one.</exception>
    public static void Check(JsonNode? node, string param, string[] known)
    {
        // What should be an object and is none is told by whoever reads it.
        foreach ((string name, JsonNode? _) in node as JsonObject ?? [])
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw RealtimeException.Unknown($"{param}.{name}");
        }
    }

    private static void CheckAudio(JsonObject settings, string param, string[] sides)
    {
        if (settings["audio"] is not JsonObject audio)
            return;
        param += ".audio";
        Check(audio, param, sides);
        if (audio["input"] is JsonObject input)
        {
            Check(input, param + ".input", Input);
            Check(input["format"], param + ".input.format", Format);
            Check(input["transcription"], param + ".input.transcription", Transcription);
            Check(input["noise_reduction"], param + ".input.noise_reduction", ["type"]);
            Check(input["turn_detection"], param + ".input.turn_detection", Detection);
        }
        if (audio["output"] is JsonObject output)
        {
            Check(output, param + ".output", Output);
            Check(output["format"], param + ".output.format", Format);
            Check(output["voice"], param + ".output.voice", ["id"]);
        }
    }
}
