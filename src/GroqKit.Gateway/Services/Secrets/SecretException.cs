namespace GroqKit.Gateway.Services.Secrets;

/// <summary>A stored secret can't be read. The message names the place, never the secret.</summary>
internal sealed class SecretException(string message, Exception? inner = null) : Exception(message, inner);
