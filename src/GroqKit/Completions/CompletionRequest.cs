using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Completions;

/// <summary>A text to continue, in the form from before chat. Only what is set is sent.</summary>
public sealed record CompletionRequest
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>The text to continue, or several; none may be empty.</summary>
    public required TextInput Prompt { get; init; }

    /// <summary>What comes after the text that is to be written.</summary>
    public string? Suffix { get; init; }

    /// <summary>The most tokens to write, at least 1. Most servers default to 16.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Randomness, 0 to 2. Default 1.</summary>
    public double? Temperature { get; init; }

    /// <summary>The probability mass to sample from, 0 to 1. Default 1.</summary>
    public double? TopP { get; init; }

    /// <summary>How many answers to each text, 1 to 128. Default 1.</summary>
    public int? N { get; init; }

    /// <summary>How many answers to choose the best from, 0 to 20, at least <see cref="N"/>.</summary>
    public int? BestOf { get; init; }

    /// <summary>How many log probabilities to return, 0 to 5. Default: none.</summary>
    public int? Logprobs { get; init; }

    /// <summary>Whether the answer repeats the text. Default false.</summary>
    public bool? Echo { get; init; }

    /// <summary>At most 4 texts at which to stop; they are not part of the answer.</summary>
    [JsonConverter(typeof(OneOrManyConverter))]
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>-2 to 2. Default 0.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2. Default 0.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Token id to bias, -100 to 100.</summary>
    public IReadOnlyDictionary<string, int>? LogitBias { get; init; }

    /// <summary>For repeatable sampling, as well as the server can.</summary>
    public long? Seed { get; init; }

    /// <summary>An id of the end user, for abuse monitoring only.</summary>
    public string? User { get; init; }

    /// <summary>Set by the client according to the method that is called.</summary>
    [JsonInclude]
    internal bool? Stream { get; init; }

    /// <summary>Asks for more in a stream.</summary>
    public StreamOptions? StreamOptions { get; init; }

    /// <summary>Further properties, sent as they are. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }
}
