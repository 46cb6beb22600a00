using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Audio;

/// <summary>Who speaks. Each model has voices of its own.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<SpeechVoice>))]
public readonly record struct SpeechVoice(string Value) : IStringValue<SpeechVoice>
{
    private static readonly SpeechVoice[] KnownValues =
    [
        new("autumn"),
        new("diana"),
        new("hannah"),
        new("austin"),
        new("daniel"),
        new("troy"),
        new("lulwa"),
        new("noura"),
        new("aisha"),
        new("fahad"),
        new("sultan"),
        new("abdullah"),
    ];

    /// <summary>English, female.</summary>
    public static SpeechVoice Autumn => KnownValues[0];

    /// <summary>English, female.</summary>
    public static SpeechVoice Diana => KnownValues[1];

    /// <summary>English, female.</summary>
    public static SpeechVoice Hannah => KnownValues[2];

    /// <summary>English, male.</summary>
    public static SpeechVoice Austin => KnownValues[3];

    /// <summary>English, male.</summary>
    public static SpeechVoice Daniel => KnownValues[4];

    /// <summary>English, male.</summary>
    public static SpeechVoice Troy => KnownValues[5];

    /// <summary>Arabic, female.</summary>
    public static SpeechVoice Lulwa => KnownValues[6];

    /// <summary>Arabic, female.</summary>
    public static SpeechVoice Noura => KnownValues[7];

    /// <summary>Arabic, female. In newer lists only.</summary>
    public static SpeechVoice Aisha => KnownValues[8];

    /// <summary>Arabic, male.</summary>
    public static SpeechVoice Fahad => KnownValues[9];

    /// <summary>Arabic, male.</summary>
    public static SpeechVoice Sultan => KnownValues[10];

    /// <summary>Arabic, male. In newer lists only.</summary>
    public static SpeechVoice Abdullah => KnownValues[11];

    /// <inheritdoc/>
    public static ReadOnlySpan<SpeechVoice> Known => KnownValues;

    /// <inheritdoc/>
    public static SpeechVoice Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator SpeechVoice(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
