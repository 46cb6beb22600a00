using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Audio;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Realtime;

/// <summary>What a realtime session, or one answer of it, is set to. Immutable.</summary>
public sealed class RealtimeSettings
{
    private const string Param = "session";

    // Members that nobody knows are kept too, so that all of them together need a bound.
    private const int Longest = 1024 * 1024;
    private const int LongestName = 64;

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

    private RealtimeSettings(JsonObject json)
    {
        _json = json;
        JsonObject? audio = Members.Object(json["audio"], Param + ".audio");
        JsonObject? input = Members.Object(audio?["input"], Param + ".audio.input");
        JsonObject? output = Members.Object(audio?["output"], Param + ".audio.output");
        JsonObject? transcription = Members.Object(input?["transcription"], Param + ".audio.input.transcription");
        InputFormat = RealtimeSound.ReadInput(input?["format"], Param + ".audio.input.format");
        OutputFormat = RealtimeSound.ReadOutput(output?["format"], Param + ".audio.output.format");
        Detection = TurnDetection.Read(input?["turn_detection"]);
        IsTranscribed = transcription is not null;
        Language = Members.Text(transcription?["language"], Param + ".audio.input.transcription.language");
        Voice = ReadVoice(output?["voice"]);
        Speed = Members.Number(output?["speed"], Param + ".audio.output.speed");
        if (Speed is not (null or (>= 0.25 and <= 1.5)))
            throw RealtimeException.Wrong(Param + ".audio.output.speed", "must be from 0.25 to 1.5.");
        Instructions = Members.Text(json["instructions"], Param + ".instructions");
        SpeaksAudio = ReadModality(json["output_modalities"]);
        Tools = [.. ReadTools(json["tools"])];
        MaxOutputTokens = ReadMaximum(json["max_output_tokens"]);
        ToolChoice = ReadChoice(json["tool_choice"]);
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

    internal TurnDetection? Detection { get; }

    internal bool IsTranscribed { get; }

    internal static RealtimeSettings Default(string id, string model)
    {
        JsonObject json = JsonNode.Parse(Defaults)!.AsObject();
        json["id"] = id;
        json["model"] = model;
        return new RealtimeSettings(json);
    }

    /// <summary>The same with what a caller names; what it does not name stays.</summary>
    /// <exception cref="RealtimeException">A member is wrong; nothing is changed.</exception>
    internal RealtimeSettings With(JsonObject changes)
    {
        var merged = (JsonObject)_json.DeepClone();
        foreach ((string name, JsonNode? value) in changes)
        {
            if (name is "id" or "object" or "model" or "expires_at")
                continue;
            if (name == "audio")
                MergeAudio((JsonObject)merged["audio"]!, Members.Object(value, Param + ".audio") ?? []);
            else
                merged[name] = value?.DeepClone();
        }
        if (merged.ToJsonString().Length > Longest)
            throw RealtimeException.Wrong(Param, $"has more than {Longest} characters.");
        return new RealtimeSettings(merged);
    }

    internal JsonObject ToJson() => (JsonObject)_json.DeepClone();

    private static void MergeAudio(JsonObject into, JsonObject changes)
    {
        foreach ((string side, JsonNode? value) in changes)
        {
            if (into[side] is not JsonObject known || value is not JsonObject members)
                throw RealtimeException.Wrong($"{Param}.audio.{side}", "must be the object input or output.");
            foreach ((string name, JsonNode? member) in members)
                known[name] = member?.DeepClone();
        }
    }

    private static string? ReadVoice(JsonNode? voice) =>
        voice is JsonObject named
            ? Members.Text(named["id"], Param + ".audio.output.voice.id")
            : Members.Text(voice, Param + ".audio.output.voice");

    private static bool ReadModality(JsonNode? modalities) =>
        Members.Array(modalities, Param + ".output_modalities") switch
        {
            null => true,
            [JsonValue only] when only.ToString() is "audio" or "text" => only.ToString() == "audio",
            _ => throw RealtimeException.Wrong(Param + ".output_modalities", "must be [\"audio\"] or [\"text\"]."),
        };

    private static int? ReadMaximum(JsonNode? value)
    {
        if (value is null || value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == "inf")
            return null;
        double number = Members.Number(value, Param + ".max_output_tokens")!.Value;
        return number is >= 1 and <= 65_536
            ? (int)number
            : throw RealtimeException.Wrong(Param + ".max_output_tokens", "must be from 1 to 65536, or \"inf\".");
    }

    private static ChatToolMode? ReadChoice(JsonNode? choice)
    {
        if (choice is JsonObject named)
        {
            return ChatToolMode.RequireSpecific(ReadName(named["name"], Param + ".tool_choice.name"));
        }
        return Members.Text(choice, Param + ".tool_choice") switch
        {
            null or "auto" => null,
            "none" => ChatToolMode.None,
            "required" => ChatToolMode.RequireAny,
            _ => throw RealtimeException.Wrong(Param + ".tool_choice", "must be auto, none, required, or a function."),
        };
    }

    private static IEnumerable<AITool> ReadTools(JsonNode? tools)
    {
        JsonArray given = Members.Array(tools, Param + ".tools") ?? [];
        for (int i = 0; i < given.Count; i++)
        {
            string param = $"{Param}.tools[{i}]";
            JsonObject tool = Members.Object(given[i], param) ?? throw RealtimeException.Missing(param);
            if (Members.Text(tool["type"], param + ".type") is not "function")
                throw RealtimeException.Wrong(param + ".type", "must be function: other tools can't be run here.");
            string name = ReadName(tool["name"], param + ".name");
            JsonObject schema =
                Members.Object(tool["parameters"], param + ".parameters") ?? new JsonObject { ["type"] = "object" };
            using JsonDocument parsed = JsonDocument.Parse(schema.ToJsonString());
            yield return AIFunctionFactory.CreateDeclaration(
                name,
                Members.Text(tool["description"], param + ".description"),
                parsed.RootElement.Clone()
            );
        }
    }

    private static string ReadName(JsonNode? node, string param)
    {
        string name = Members.Text(node, param) ?? throw RealtimeException.Missing(param);
        bool isOne =
            name.Length is > 0 and <= LongestName
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        return isOne
            ? name
            : throw RealtimeException.Wrong(
                param,
                $"must be 1 to {LongestName} letters, digits, dashes or underscores."
            );
    }
}
