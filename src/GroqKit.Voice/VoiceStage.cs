namespace GroqKit.Voice;

/// <summary>A part of a spoken turn.</summary>
public enum VoiceStage
{
    /// <summary>Taking what the caller sent.</summary>
    Input,

    /// <summary>Speech to text.</summary>
    Hearing,

    /// <summary>The language model, and the tools it calls.</summary>
    Answering,

    /// <summary>Text to speech.</summary>
    Speaking,

    /// <summary>Handing the result to the caller.</summary>
    Delivery,
}
