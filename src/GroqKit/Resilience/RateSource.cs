namespace GroqKit.Resilience;

/// <summary>How a client came to know of a rate limit.</summary>
public enum RateSource
{
    /// <summary>The headers of answers report it.</summary>
    Headers,

    /// <summary>The text of a refusal named it.</summary>
    Refusal,

    /// <summary>The plan has it whose published limits are those that the headers report.</summary>
    Plan,

    /// <summary>The client's own options set it.</summary>
    Options,
}
