using System.Collections.Frozen;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Keys;

/// <summary>Accepts the keys of a list, or without a list every key that does not contain <c>invalid</c>.</summary>
internal sealed class KeyCheck(IReadOnlyCollection<string>? accepted)
{
    private readonly FrozenSet<string>? _accepted = accepted?.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The key, trimmed.</summary>
    /// <exception cref="ApiException">There is no key, or it is refused.</exception>
    public string Check(string? presented)
    {
        string key = presented?.Trim() ?? "";
        bool known = _accepted is null
            ? key.Length > 0 && !key.Contains("invalid", StringComparison.OrdinalIgnoreCase)
            : _accepted.Contains(key);
        return known ? key : throw new ApiException(ApiErrors.InvalidKey());
    }
}
