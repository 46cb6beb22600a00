namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>The database can't be reached, or refuses. The message is a sentence for the operator and holds no password.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
