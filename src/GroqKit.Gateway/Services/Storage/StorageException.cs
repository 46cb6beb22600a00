namespace GroqKit.Gateway.Services.Storage;

/// <summary>What must last can't be read or written now. The message is a sentence for the operator and holds no secret.</summary>
internal class StorageException(string message, Exception? inner = null) : Exception(message, inner);
