namespace GroqKit.Providers.Fallback;

/// <summary>How asking one provider ended.</summary>
public enum FallbackStepOutcome
{
    /// <summary>It is being asked.</summary>
    Running,

    /// <summary>It served to the end.</summary>
    Completed,

    /// <summary>It was not asked: out of order, switched off, or used up.</summary>
    Skipped,

    /// <summary>It failed before any of its output was delivered.</summary>
    Failed,

    /// <summary>It failed after some of its output was delivered.</summary>
    Broke,

    /// <summary>Another, asked at the same time, was quicker.</summary>
    Lost,

    /// <summary>The caller left.</summary>
    Cancelled,
}
