namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>The journal can't be opened, so the gateway must not start. The message is one sentence for the operator.</summary>
internal sealed class JournalException(string folder, Exception cause)
    : Exception($"The usage journal in '{folder}' can't be written: {cause.Message}", cause);
