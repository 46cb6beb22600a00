using System.Text.Json.Serialization;

namespace GroqKit.Audio;

/// <summary>A phrase, when it is said, and how sure the model is of it.</summary>
public sealed record TranscriptionSegment : GroqObject
{
    /// <summary>Its number, from 0.</summary>
    public int Id { get; set; }

    /// <summary>Where its window begins, in hundredths of a second.</summary>
    public int Seek { get; set; }

    /// <summary>Seconds from the beginning of the recording.</summary>
    public double Start { get; set; }

    /// <summary>Seconds from the beginning of the recording.</summary>
    public double End { get; set; }

    /// <summary>What is said.</summary>
    public string Text { get; set; } = "";

    /// <summary>The tokens of the text.</summary>
    public IReadOnlyList<int>? Tokens { get; set; }

    /// <summary>The temperature it was heard with.</summary>
    public double? Temperature { get; set; }

    /// <summary>The mean log probability of the tokens; below -1 the model was guessing.</summary>
    public double? AvgLogprob { get; set; }

    /// <summary>How repetitive the text is; above 2.4 the model was probably stuck.</summary>
    public double? CompressionRatio { get; set; }

    /// <summary>How probable it is that nobody speaks, 0 to 1.</summary>
    public double? NoSpeechProb { get; set; }

    /// <summary>The text of the whole window. In the schema; seldom sent.</summary>
    public string? AudioText { get; set; }

    /// <summary>Scores of the tokens. In the schema; seldom sent.</summary>
    public IReadOnlyList<double>? TokenScores { get; set; }

    /// <summary>Where the window begins. In the schema; seldom sent.</summary>
    public int? ChunkStart { get; set; }

    /// <summary>Where the window ends. In the schema; seldom sent.</summary>
    public int? ChunkEnd { get; set; }

    /// <summary>The mean probability of a token, 0 to 1, from <see cref="AvgLogprob"/>; null when the model gave none.</summary>
    [JsonIgnore]
    public double? Confidence => AvgLogprob is { } logprob ? Math.Clamp(Math.Exp(logprob), 0, 1) : null;
}
