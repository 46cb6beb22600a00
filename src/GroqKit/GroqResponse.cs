using System.Text.Json.Serialization;
using GroqKit.Telemetry;

namespace GroqKit;

/// <summary>A whole answer of an endpoint, together with what the transport knows about it.</summary>
public abstract record GroqResponse : GroqObject
{
    /// <summary>Status, request id, region, rate limits, timing and attempts. <see cref="ResponseMetadata.None"/> when made by hand.</summary>
    [JsonIgnore]
    public ResponseMetadata Metadata { get; set; } = ResponseMetadata.None;

    /// <summary>What the answer says about itself, for limits and telemetry.</summary>
    internal virtual CallFigures Figures => default;
}
