using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Audio;

/// <summary>
/// A text to be spoken. A text longer than the model takes at once is cut at sentence ends, spoken piece by piece, and joined into one recording.
/// </summary>
/// <remarks>
/// English Orpheus takes directions of one or two words in square brackets, such as <c>[cheerful]</c>; they stay with the sentence they stand before.
/// </remarks>
public sealed record SpeechRequest
{
    /// <summary>The default of <see cref="Model"/>.</summary>
    public const string DefaultModel = "canopylabs/orpheus-v1-english";

    /// <summary>The model. Names of the retired PlayAI models are replaced by their successors, with a warning. Default: <see cref="DefaultModel"/>.</summary>
    public string Model { get; init; } = DefaultModel;

    /// <summary>What to say, of any length.</summary>
    public required string Input { get; init; }

    /// <summary>Who says it; must be a voice of the model.</summary>
    public required SpeechVoice Voice { get; init; }

    /// <summary>The form of the answer. Default: WAV, which is sent too, because the API's own default was another.</summary>
    public SpeechFormat ResponseFormat { get; init; } = SpeechFormat.Wav;

    /// <summary>Hertz: 8000, 16000, 22050, 24000, 32000, 44100 or 48000. Default: the model's. Not documented for Orpheus.</summary>
    public int? SampleRate { get; init; }

    /// <summary>From 0.5 to 5. Default: 1. Not documented for Orpheus.</summary>
    public double? Speed { get; init; }

    /// <summary>
    /// The most characters to be spoken in one call, at least 20. Default: what the catalogue says of the model (200 for Orpheus); a model it doesn't know
    /// gets the text whole.
    /// </summary>
    [JsonIgnore]
    public int? MaxPieceLength { get; init; }

    /// <summary>How many pieces are spoken ahead of the one that is being delivered, 0 to 16. Default: 2.</summary>
    [JsonIgnore]
    public int PiecesAhead { get; init; } = 2;

    /// <summary>Further properties, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }
}
