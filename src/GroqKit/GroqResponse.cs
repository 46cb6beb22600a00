using System.Text.Json.Serialization;

namespace GroqKit;

/// <summary>A whole answer of an endpoint, together with what the transport knows about it.</summary>
public abstract record GroqResponse : GroqObject
{
    /// <summary>Status, request id, region, rate limits, timing and attempts. <see cref="ResponseMetadata.None"/> when made by hand.</summary>
    [JsonIgnore]
    public ResponseMetadata Metadata { get; set; } = ResponseMetadata.None;
}
