namespace GroqKit.Providers.Fallback;

/// <summary>What happens when an answer breaks after a part of it reached the caller.</summary>
public enum BreakPolicy
{
    /// <summary>The call ends in one clear error. The caller keeps the part it has.</summary>
    Fail,

    /// <summary>
    /// Another model goes on where the first stopped, with the part as the beginning of its answer; where none can, the call fails. The two
    /// halves come from different models.
    /// </summary>
    Continue,

    /// <summary>Another model answers from the beginning, announced so that the caller can throw away the part it has.</summary>
    Restart,
}
