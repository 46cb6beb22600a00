namespace GroqKit.Gateway.Api.Voice;

/// <summary>How a turn is given to its caller.</summary>
internal enum VoiceForm
{
    /// <summary>Its events, as server-sent events.</summary>
    Events,

    /// <summary>Its events, one JSON object a line.</summary>
    Lines,

    /// <summary>Its sound alone.</summary>
    Sound,

    /// <summary>What came of it, as one JSON object.</summary>
    Result,
}
