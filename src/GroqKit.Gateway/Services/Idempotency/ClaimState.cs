namespace GroqKit.Gateway.Services.Idempotency;

/// <summary>What is known of a request that is to happen once.</summary>
internal enum ClaimState
{
    /// <summary>It is ours to run.</summary>
    Ours,

    /// <summary>It runs at this moment.</summary>
    Running,

    /// <summary>It was run.</summary>
    Done,
}
