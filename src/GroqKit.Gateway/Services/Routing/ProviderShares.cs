using System.Text;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>
/// Leaves out of a chain the providers that are switched off, or whose share a call isn't part of. A conversation, or a caller's user,
/// stays on its side while the share stays, on every node.
/// </summary>
internal static class ProviderShares
{
    /// <summary>A provider that gets all calls meant for it.</summary>
    public const int All = 100;

    private const uint HashSeed = 2166136261;
    private const uint HashPrime = 16777619;

    /// <exception cref="GatewayException">Nobody of the chain may be asked.</exception>
    public static ModelRoute Apply(ModelRoute first, RequestMeter meter)
    {
        if (IsWhole(first))
            return first;
        string key = meter.Conversation ?? meter.EndUser ?? meter.RequestId;
        ModelRoute[] open = [.. first.Fallback.Prepend(first).Where(route => Admits(route.Provider, key))];
        return open.Length > 0
            ? open[0] with
            {
                Fallback = [.. open[1..]],
            }
            : throw UpstreamErrors.SwitchedOff(first.Provider.Name);
    }

    /// <summary>Whether a call is part of a provider's share.</summary>
    /// <param name="provider">Whom it is meant for.</param>
    /// <param name="key">What stays together.</param>
    public static bool Admits(Provider provider, string key) =>
        provider.Share >= All || Bucket(provider.Name, key) < provider.Share;

    private static bool IsWhole(ModelRoute first)
    {
        if (first.Provider.Share < All)
            return false;
        foreach (ModelRoute route in first.Fallback)
        {
            if (route.Provider.Share < All)
                return false;
        }
        return true;
    }

    // FNV-1a: the same on every node and in every version, as the runtime's own hash is not.
    private static int Bucket(string provider, string key)
    {
        uint hash = HashSeed;
        foreach (byte part in Encoding.UTF8.GetBytes($"{provider}/{key}"))
            hash = (hash ^ part) * HashPrime;
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        return (int)(hash % All);
    }
}
