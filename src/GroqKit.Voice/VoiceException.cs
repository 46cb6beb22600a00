namespace GroqKit.Voice;

/// <summary>A spoken turn failed: once, with the stage that did.</summary>
public sealed class VoiceException : Exception
{
    /// <summary>Raises a failure.</summary>
    /// <param name="code">What happened, in one word for programs: one of <see cref="VoiceErrorCodes"/>, or a provider's.</param>
    /// <param name="stage">Where it happened.</param>
    /// <param name="message">What happened, in words without secrets.</param>
    /// <param name="isRetryable">Whether the same turn may succeed later.</param>
    /// <param name="innerException">The original error.</param>
    public VoiceException(
        string code,
        VoiceStage stage,
        string message,
        bool isRetryable = false,
        Exception? innerException = null
    )
        : base(message, innerException)
    {
        Code = code;
        Stage = stage;
        IsRetryable = isRetryable;
    }

    /// <summary>What happened, in one word for programs.</summary>
    public string Code { get; }

    /// <summary>Where it happened.</summary>
    public VoiceStage Stage { get; }

    /// <summary>Whether the same turn may succeed later.</summary>
    public bool IsRetryable { get; }
}
