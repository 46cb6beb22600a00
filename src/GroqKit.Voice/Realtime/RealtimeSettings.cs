using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>What a realtime session, or one answer of it, is set to. Immutable.</summary>
public sealed class RealtimeSettings
{
    private const string Param = "session";
    private const string ForOne = "response";

    private const int Longest = 1024 * 1024;

    private const string Defaults = """
        {
          "id": null, "object": "realtime.session", "type": "realtime", "model": null, "output_modalities": ["audio"],
          "instructions": "", "tools": [], "tool_choice": "auto", "max_output_tokens": "inf", "truncation": "auto",
          "tracing": null, "prompt": null, "include": null, "expires_at": 0,
          "audio": {
            "input": {
              "format": { "type": "audio/pcm", "rate": 24000 }, "transcription": null, "noise_reduction": null,
              "turn_detection": {
                "type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 500,
                "create_response": true, "interrupt_response": true, "idle_timeout_ms": null
              }
            },
            "output": { "format": { "type": "audio/pcm", "rate": 24000 }, "voice": null, "speed": 1 }
          }
        }
        """;

    private readonly JsonObject _json;

    private RealtimeSettings(JsonObject json, string param)
    {
        _json = json;
        JsonObject? audio = Members.Object(json["audio"], param + ".audio");
        string ear = param + ".audio.input";
        string mouth = param + ".audio.output";
        JsonObject? input = Members.Object(audio?["input"], ear);
        JsonObject? output = Members.Object(audio?["output"], mouth);
        InputFormat = RealtimeSound.ReadInput(input?["format"], ear + ".format");
        OutputFormat = RealtimeSound.ReadOutput(output?["format"], mouth + ".format");
        Detection = TurnDetection.Read(input?["turn_detection"], ear + ".turn_detection");
        JsonObject? transcription = Members.Object(input?["transcription"], ear + ".transcription");
        IsTranscribed = transcription is not null;
        Language = Members.Text(transcription?["language"], ear + ".transcription.language");
        Voice = ReadVoice(output?["voice"], mouth + ".voice");
        Speed = Members.Number(output?["speed"], mouth + ".speed");
        if (Speed is not (null or (>= 0.25 and <= 1.5)))
            throw RealtimeException.Wrong(mouth + ".speed", "must be from 0.25 to 1.5.");
        Instructions = Members.Text(json["instructions"], param + ".instructions");
        SpeaksAudio = ReadModality(json["output_modalities"], param + ".output_modalities");
        Tools = [.. RealtimeTools.Read(json["tools"], param + ".tools")];
        ToolChoice = RealtimeTools.ReadChoice(json["tool_choice"], param + ".tool_choice");
        CallsSeveralTools = Members.Flag(json["parallel_tool_calls"], param + ".parallel_tool_calls");
        Effort = ReadEffort(json["reasoning"], param + ".reasoning");
        MaxOutputTokens = ReadMaximum(json["max_output_tokens"], param + ".max_output_tokens");
        // Its text is at OpenAI, and an answer without it would be another one.
        if (json["prompt"] is not null)
            throw RealtimeException.Wrong(param + ".prompt", "there are no stored prompts here; write instructions.");
    }

    /// <summary>What the system is told.</summary>
    public string? Instructions { get; }

    /// <summary>The voice; null for the provider's own.</summary>
    public string? Voice { get; }

    /// <summary>The speed of speech, 0.25 to 1.5; null for the usual.</summary>
    public double? Speed { get; }

    /// <summary>The caller's language; null when it is to be found out.</summary>
    public string? Language { get; }

    /// <summary>Whether answers are spoken; else they are text only.</summary>
    public bool SpeaksAudio { get; }

    /// <summary>The form of the caller's sound.</summary>
    public WavFormat InputFormat { get; }

    /// <summary>The form of the answer's sound.</summary>
    public SoundFormat OutputFormat { get; }

    /// <summary>The tools that the model may ask the caller to run.</summary>
    public IReadOnlyList<AITool> Tools { get; }

    /// <summary>Which tool the model has to call; null leaves it to the model.</summary>
    public ChatToolMode? ToolChoice { get; }

    /// <summary>The most tokens of an answer; null for the model's own limit.</summary>
    public int? MaxOutputTokens { get; }

    /// <summary>Whether the model may ask for several tools at once; null leaves it to the model.</summary>
    public bool? CallsSeveralTools { get; }

    /// <summary>How much the model is to think; null leaves it to the model.</summary>
    public ReasoningEffort? Effort { get; }

    internal TurnDetection? Detection { get; }

    internal bool IsTranscribed { get; }

    /// <param name="id">The session's name.</param>
    /// <param name="model">The name of its model; null while none is known.</param>
    /// <param name="changes">What is otherwise than usual, one after the other.</param>
    /// <exception cref="RealtimeException">A member is wrong.</exception>
    internal static RealtimeSettings Begin(string id, string? model, params ReadOnlySpan<JsonObject?> changes)
    {
        JsonObject json = JsonNode.Parse(Defaults)!.AsObject();
        json["id"] = id;
        json["model"] = model;
        var settings = new RealtimeSettings(json, Param);
        foreach (JsonObject? change in changes)
            settings = change is null ? settings : settings.With(change);
        return settings;
    }

    /// <summary>The same with what a caller names; what it does not name stays.</summary>
    /// <exception cref="RealtimeException">A member is wrong; nothing is changed.</exception>
    internal RealtimeSettings With(JsonObject changes)
    {
        KnownMembers.CheckSession(changes, Param);
        if (Members.Text(changes["type"], Param + ".type") is not (null or "realtime"))
            throw RealtimeException.Wrong(Param + ".type", "must be realtime.");
        return With(changes, Param);
    }

    /// <summary>The same for one answer.</summary>
    /// <exception cref="RealtimeException">A member is wrong.</exception>
    internal RealtimeSettings ForAnswer(JsonObject asked)
    {
        KnownMembers.CheckResponse(asked, ForOne);
        return With(asked, ForOne);
    }

    internal JsonObject ToJson() => (JsonObject)_json.DeepClone();

    private RealtimeSettings With(JsonObject changes, string param)
    {
        var merged = (JsonObject)_json.DeepClone();
        foreach ((string name, JsonNode? value) in changes)
        {
            // The server's own, and what an answer has besides settings.
            if (name is "id" or "object" or "model" or "expires_at" or "conversation" or "input" or "metadata")
                continue;
            if (name == "audio")
                MergeAudio((JsonObject)merged["audio"]!, Members.Object(value, param + ".audio") ?? [], param);
            else
                merged[name] = value?.DeepClone();
        }
        if (merged.ToJsonString().Length > Longest)
            throw RealtimeException.Wrong(param, $"has more than {Longest} characters.");
        return new RealtimeSettings(merged, param);
    }

    private static void MergeAudio(JsonObject into, JsonObject changes, string param)
    {
        foreach ((string side, JsonNode? value) in changes)
        {
            if (into[side] is not JsonObject known || value is not JsonObject members)
                throw RealtimeException.Wrong($"{param}.audio.{side}", "must be an object.");
            foreach ((string name, JsonNode? member) in members)
                known[name] = member?.DeepClone();
        }
    }

    private static string? ReadVoice(JsonNode? voice, string param) =>
        voice is JsonObject named ? Members.Text(named["id"], param + ".id") : Members.Text(voice, param);

    private static bool ReadModality(JsonNode? modalities, string param) =>
        Members.Array(modalities, param) switch
        {
            null => true,
            [JsonValue only] when only.ToString() is "audio" or "text" => only.ToString() == "audio",
            _ => throw RealtimeException.Wrong(param, "must be [\"audio\"] or [\"text\"]."),
        };

    private static int? ReadMaximum(JsonNode? value, string param)
    {
        if (value is null || value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "inf")
            return null;
        double number = Members.Number(value, param)!.Value;
        return number is >= 1 and <= 65_536
            ? (int)number
            : throw RealtimeException.Wrong(param, "must be from 1 to 65536, or \"inf\".");
    }

    private static ReasoningEffort? ReadEffort(JsonNode? reasoning, string param)
    {
        KnownMembers.Check(reasoning, param, ["effort"]);
        return Members.Text(Members.Object(reasoning, param)?["effort"], param + ".effort") switch
        {
            null => null,
            "none" => ReasoningEffort.None,
            "minimal" or "low" => ReasoningEffort.Low,
            "medium" => ReasoningEffort.Medium,
            "high" => ReasoningEffort.High,
            "xhigh" => ReasoningEffort.ExtraHigh,
            _ => throw RealtimeException.Wrong(param + ".effort", "must be none, minimal, low, medium, high or xhigh."),
        };
    }
}
