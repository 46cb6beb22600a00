namespace GroqKit.Simulator.Errors;

/// <summary>An error as Groq words it: what goes into the body, and the status that goes with it.</summary>
internal sealed record ApiError(int Status, string Message, string Type, string? Code = null, string? Param = null)
{
    /// <summary>The raw text of a generation that could not be used; null when the error is not about one.</summary>
    public string? FailedGeneration { get; init; }

    /// <summary>Sent as <c>retry-after</c>, rounded up to whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
