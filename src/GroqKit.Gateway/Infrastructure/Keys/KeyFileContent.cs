namespace GroqKit.Gateway.Infrastructure.Keys;

/// <summary>The key file as written.</summary>
internal sealed record KeyFileContent(int Version, IReadOnlyList<KeyFileEntry> Keys);
