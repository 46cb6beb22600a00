namespace GroqKit.Resilience;

/// <summary>What a rate limit counts.</summary>
public enum RateUnit
{
    /// <summary>Calls.</summary>
    Requests,

    /// <summary>Tokens, those of the request and those of the answer together.</summary>
    Tokens,

    /// <summary>Seconds of audio.</summary>
    AudioSeconds,
}
