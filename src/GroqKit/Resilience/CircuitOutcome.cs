namespace GroqKit.Resilience;

/// <summary>What the end of a call says about the provider's health.</summary>
internal enum CircuitOutcome
{
    /// <summary>Nothing: the caller left, the call never began, or the provider only asked to slow down.</summary>
    Neutral,

    /// <summary>It answered, be it that the request was wrong.</summary>
    Success,

    /// <summary>It did not answer, or answered that it cannot.</summary>
    Failure,
}
