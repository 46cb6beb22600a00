using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Audio;

/// <summary>What transcription and translation have in common. Only what is set is sent.</summary>
public abstract record SpeechToTextRequest
{
    /// <summary>The largest file that Groq takes as an attachment, in bytes: 25 MB. Larger ones need an address.</summary>
    public const long DefaultMaxUploadBytes = 25 * 1024 * 1024;

    private protected SpeechToTextRequest(string model) => Model = model;

    /// <summary>The recording. Groq hears its first track only, as 16 kHz mono; at least 0.01 s, and at least 10 s are billed.</summary>
    [JsonPropertyName("url")]
    [JsonConverter(typeof(AudioInputConverter))]
    public required AudioInput Audio { get; init; }

    /// <summary>The model, one of the Whisper family.</summary>
    public string Model { get; init; }

    /// <summary>Names and spellings to expect, or the text that came before; at most 224 tokens, in the language of the answer.</summary>
    public string? Prompt { get; init; }

    /// <summary>How to answer. Default: <c>json</c>, or <c>verbose_json</c> where timestamps are asked for.</summary>
    [JsonIgnore]
    public TranscriptionFormat? ResponseFormat { get; init; }

    /// <summary>Randomness, 0 to 1. Default 0, with which the model raises it by itself where it is unsure.</summary>
    public double? Temperature { get; init; }

    /// <summary>
    /// The most bytes to send as an attachment; more is refused before, or, where the length isn't known, while it is sent. Default:
    /// <see cref="DefaultMaxUploadBytes"/>. Raise it for servers that take more. At least 1.
    /// </summary>
    [JsonIgnore]
    public long MaxUploadBytes { get; init; } = DefaultMaxUploadBytes;

    /// <summary>Is told how far the upload is, on the thread that sends.</summary>
    [JsonIgnore]
    public IProgress<UploadProgress>? Progress { get; init; }

    /// <summary>Further fields, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }

    /// <summary>The format as it stands on the wire.</summary>
    [JsonInclude]
    [JsonPropertyName("response_format")]
    internal virtual TranscriptionFormat? FormatToSend => ResponseFormat;

    /// <summary>The fields of this kind of request that the others lack.</summary>
    internal abstract void AddFields(ICollection<KeyValuePair<string, string>> fields);
}
