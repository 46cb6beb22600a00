using System.Diagnostics;

namespace GroqKit.Providers;

/// <summary>
/// One way to reach a provider: one of its keys at one of its addresses. Health, limits and breakers are kept for each, since a key can be
/// used up and a region down while the others work. Immutable.
/// </summary>
[DebuggerDisplay("{Id}")]
public sealed class ProviderConnection
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ApiKey? _key;

    /// <summary>Describes a connection.</summary>
    /// <param name="keyName">The key's name, which is no secret.</param>
    /// <param name="address">The root that paths are appended to; ends with a slash.</param>
    /// <param name="key">The key; null for a server that asks for none.</param>
    /// <param name="weight">How often the key is used compared with the others, at least 1.</param>
    public ProviderConnection(string keyName, Uri address, ApiKey? key, int weight = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyName);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        KeyName = keyName;
        Address = address;
        Weight = weight;
        Id = $"{keyName}@{address.Authority}{address.AbsolutePath.TrimEnd('/')}";
        _key = key;
    }

    /// <summary>Unique within the provider and free of secrets: <c>main@api.groq.com/openai/v1</c>.</summary>
    public string Id { get; }

    /// <summary>The key's name: <c>default</c> when it was given none.</summary>
    public string KeyName { get; }

    /// <summary>The root that paths are appended to, for example <c>https://api.groq.com/openai/v1/</c>.</summary>
    public Uri Address { get; }

    /// <summary>How often the key is used compared with the provider's others.</summary>
    public int Weight { get; }

    /// <summary>Whether there is a key at all.</summary>
    public bool HasKey => _key is not null;

    /// <summary>The key itself, for whoever has to put it into a request; null for a server that asks for none.</summary>
    public string? RevealKey() => _key?.Reveal();

    /// <summary>Shows the id.</summary>
    public override string ToString() => Id;

    internal ApiKey? Key => _key;
}
