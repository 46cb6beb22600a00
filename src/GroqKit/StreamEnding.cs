namespace GroqKit;

/// <summary>How a stream ended. It ends once.</summary>
public enum StreamEnding
{
    /// <summary>It has not ended.</summary>
    Open,

    /// <summary>The whole answer came.</summary>
    Completed,

    /// <summary>It broke; what came before is kept.</summary>
    Failed,

    /// <summary>Its reader stopped it, by a token or by leaving.</summary>
    Cancelled,
}
