using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Infrastructure.Database;

/// <summary>The database can't be reached, or refuses.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : StorageException(message, inner);
