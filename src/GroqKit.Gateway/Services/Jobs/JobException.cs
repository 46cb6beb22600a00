namespace GroqKit.Gateway.Services.Jobs;

/// <summary>A job failed for a known reason and may go better later. The message is a sentence for the operator, without secrets.</summary>
internal sealed class JobException(string message, Exception? inner = null) : Exception(message, inner);
