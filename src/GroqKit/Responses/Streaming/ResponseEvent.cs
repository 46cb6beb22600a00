using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Responses;

/// <summary>An event of a streamed response. Which members are set follows from its type.</summary>
public sealed record ResponseEvent : GroqObject
{
    /// <summary>What it tells.</summary>
    public ResponseEventType Type { get; set; }

    /// <summary>Its position in the stream; null when the server does not count.</summary>
    public int? SequenceNumber { get; set; }

    /// <summary>Events of the response: how it stands.</summary>
    public Response? Response { get; set; }

    /// <summary>The item's position in the output.</summary>
    public int? OutputIndex { get; set; }

    /// <summary>Events of an item: the item.</summary>
    public ResponseItem? Item { get; set; }

    /// <summary>The item's id.</summary>
    public string? ItemId { get; set; }

    /// <summary>The part's position in the item.</summary>
    public int? ContentIndex { get; set; }

    /// <summary>Events of a part: the part.</summary>
    public ResponsePart? Part { get; set; }

    /// <summary>What is new of a text, of thinking, or of arguments.</summary>
    public string? Delta { get; set; }

    /// <summary>The whole text or thinking, at its end.</summary>
    public string? Text { get; set; }

    /// <summary>The whole arguments, at their end.</summary>
    public string? Arguments { get; set; }

    /// <summary>The whole refusal, at its end.</summary>
    public string? Refusal { get; set; }

    /// <summary>The citation's position in the part.</summary>
    public int? AnnotationIndex { get; set; }

    /// <summary>A citation.</summary>
    public ResponseAnnotation? Annotation { get; set; }

    /// <summary>The whole event as it came, when its type is not known to this version; else null.</summary>
    [JsonIgnore]
    public JsonElement? Raw { get; internal set; }
}
