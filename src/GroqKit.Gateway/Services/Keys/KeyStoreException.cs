namespace GroqKit.Gateway.Services.Keys;

/// <summary>The key store cannot be read or written. The message is one sentence for the operator.</summary>
internal sealed class KeyStoreException(string message, Exception? inner = null) : Exception(message, inner);
