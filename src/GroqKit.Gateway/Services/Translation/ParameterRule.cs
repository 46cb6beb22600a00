using System.Collections.Frozen;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>What is done with a parameter that a provider would refuse. A row of the table in <c>docs/parameters.md</c>.</summary>
/// <param name="Name">The parameter.</param>
internal sealed record ParameterRule(string Name)
{
    /// <summary>Where its value is put instead; null where there is no place.</summary>
    public string? NewName { get; init; }

    /// <summary>Words of the one provider for words of the other; empty: the parameter is left out, whatever its value.</summary>
    public FrozenDictionary<string, string?> Words { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Of an object, the only members that are kept; empty: the rule is not about members.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
}
