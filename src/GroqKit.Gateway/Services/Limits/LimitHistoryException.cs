namespace GroqKit.Gateway.Services.Limits;

/// <summary>What was used before can't be known now.</summary>
internal sealed class LimitHistoryException(string message, Exception? cause = null) : Exception(message, cause);
