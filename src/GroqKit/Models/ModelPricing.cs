using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Models;

/// <summary>Prices in dollars per unit. A price that is not given is null, never zero.</summary>
public sealed record ModelPricing : GroqObject
{
    /// <summary>Per token read; per character for speech.</summary>
    [JsonConverter(typeof(DecimalTextConverter))]
    public decimal? Prompt { get; set; }

    /// <summary>Per token written.</summary>
    [JsonConverter(typeof(DecimalTextConverter))]
    public decimal? Completion { get; set; }

    /// <summary>Per image.</summary>
    [JsonConverter(typeof(DecimalTextConverter))]
    public decimal? Image { get; set; }

    /// <summary>Per request.</summary>
    [JsonConverter(typeof(DecimalTextConverter))]
    public decimal? Request { get; set; }

    /// <summary>Per token read from the cache.</summary>
    [JsonConverter(typeof(DecimalTextConverter))]
    public decimal? InputCacheRead { get; set; }
}
