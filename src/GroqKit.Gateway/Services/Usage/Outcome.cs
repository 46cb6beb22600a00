namespace GroqKit.Gateway.Services.Usage;

/// <summary>How a call ended. The same value goes into the usage record, the metrics and the log.</summary>
internal enum Outcome
{
    /// <summary>The whole answer was received and passed on.</summary>
    Completed,

    /// <summary>The request was wrong; nothing was forwarded.</summary>
    Refused,

    /// <summary>The caller closed the connection before the answer ended.</summary>
    ClientGone,

    /// <summary>No connection to the provider.</summary>
    Unreachable,

    /// <summary>The provider answered with an error status or an error event.</summary>
    UpstreamRefused,

    /// <summary>The provider's answer broke off or could not be read.</summary>
    UpstreamFailed,

    /// <summary>The provider did not begin to answer in time; it may have billed the call.</summary>
    HeadersTimeout,

    /// <summary>The provider stopped in the middle of an answer.</summary>
    IdleTimeout,

    /// <summary>The gateway was shut down before the answer ended.</summary>
    Stopped,

    /// <summary>A fault of the gateway itself.</summary>
    GatewayFailed,
}
