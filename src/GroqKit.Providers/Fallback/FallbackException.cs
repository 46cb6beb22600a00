namespace GroqKit.Providers.Fallback;

/// <summary>Nobody could serve, or what began to be served broke and nobody could go on.</summary>
public sealed class FallbackException : ProviderException
{
    internal FallbackException(ProviderException cause, string message, FallbackTrace trace, TimeSpan? retryAfter)
        : base(cause.Failure, message, cause.Details with { RetryAfter = retryAfter ?? cause.RetryAfter }, cause) =>
        Trace = trace;

    /// <summary>Who was asked, and what became of it.</summary>
    public FallbackTrace Trace { get; }
}
