using System.Collections.Frozen;

namespace GroqKit.Providers.Wire;

/// <summary>How a provider is called, so that someone can forward bytes to it without this package's clients. Immutable.</summary>
public sealed record ProviderWire
{
    /// <summary>Whose paths and bodies it speaks.</summary>
    public required WireDialect Dialect { get; init; }

    /// <summary>The header that carries the key, for example <c>Authorization</c>.</summary>
    public required string KeyHeader { get; init; }

    /// <summary>What stands before the key in its header, with the space: <c>"Bearer "</c>. May be empty.</summary>
    public string KeyPrefix { get; init; } = "";

    /// <summary>The header in which the provider tells its id of a request.</summary>
    public required string RequestIdHeader { get; init; }

    /// <summary>Paths below a connection's address, without a leading slash.</summary>
    public required IReadOnlyDictionary<WireOperation, string> Paths
    {
        get;
        init => field = value.ToFrozenDictionary();
    }

    /// <summary>Headers that every call needs besides the key's.</summary>
    public IReadOnlyDictionary<string, string> Headers
    {
        get;
        init => field = value.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    } = FrozenDictionary<string, string>.Empty;

    /// <summary>Where to send an operation's bytes; null when the provider does not have it.</summary>
    /// <param name="connection">The key and address to use.</param>
    /// <param name="operation">What to do.</param>
    /// <param name="voice">What to put for <c>{voice}</c> where the path has it.</param>
    public Uri? AddressOf(ProviderConnection connection, WireOperation operation, string? voice = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!Paths.TryGetValue(operation, out string? path))
            return null;
        return new Uri(
            connection.Address,
            path.Replace("{voice}", Uri.EscapeDataString(voice ?? ""), StringComparison.Ordinal)
        );
    }

    /// <summary>The value of <see cref="KeyHeader"/>: a secret. Null for a connection without a key.</summary>
    /// <param name="connection">The connection.</param>
    public string? KeyValueOf(ProviderConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.RevealKey() is { } key ? KeyPrefix + key : null;
    }
}
