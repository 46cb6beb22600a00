using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Providers.Steering;

/// <summary>
/// The operator's hand on providers: kill switches and shares by provider's name, in force from the next attempt on, for running calls too.
/// Safe for all threads; looking takes no lock.
/// </summary>
public sealed class ProviderControls
{
    private readonly Lock _gate = new();
    private volatile FrozenDictionary<string, ProviderControl>? _controls;

    /// <summary>What was decided, by the provider's name; providers that nobody decided about are not in it.</summary>
    public IReadOnlyDictionary<string, ProviderControl> All =>
        _controls ?? FrozenDictionary<string, ProviderControl>.Empty;

    /// <summary>Decides about a provider. In force at once.</summary>
    /// <param name="provider">Its name; the case of letters does not matter. It need not exist yet.</param>
    /// <param name="control">The decision. Null: as if nobody had decided.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 100.</exception>
    public void Set(string provider, ProviderControl? control)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        if (control is { SharePercent: < 0 or > 100 })
        {
            throw new ArgumentOutOfRangeException(
                nameof(control),
                control.SharePercent,
                $"{nameof(ProviderControl.SharePercent)} must be from 0 to 100."
            );
        }
        lock (_gate)
        {
            IEnumerable<KeyValuePair<string, ProviderControl>> others = All.Where(known =>
                !known.Key.Equals(provider, StringComparison.OrdinalIgnoreCase)
            );
            Swap(control is null ? others : others.Append(KeyValuePair.Create(provider, control)));
        }
    }

    /// <summary>Replaces all decisions at once, for example by those of a store that several processes share.</summary>
    /// <param name="controls">The decisions by the provider's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not from 0 to 100; nothing was changed.</exception>
    public void Replace(IReadOnlyDictionary<string, ProviderControl> controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        foreach (var (provider, control) in controls)
        {
            if (control.SharePercent is < 0 or > 100)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(controls),
                    control.SharePercent,
                    $"{provider}: {nameof(ProviderControl.SharePercent)} must be from 0 to 100."
                );
            }
        }
        lock (_gate)
            Swap(controls);
    }

    /// <summary>Why nothing may be sent to a provider; null when something may.</summary>
    /// <param name="provider">Its name.</param>
    public string? FindRefusal(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (_controls?.GetValueOrDefault(provider) is not { } control)
            return null;
        if (control is { IsEnabled: true, SharePercent: > 0 })
            return null;
        return control.Reason is null ? "switched off" : $"switched off: {control.Reason}";
    }

    /// <summary>
    /// Whether a conversation belongs to a provider's share. A conversation that is within stays within while the share grows.
    /// </summary>
    /// <param name="provider">The provider's name.</param>
    /// <param name="conversation">What stays on one side, for example the conversation's or the user's id.</param>
    public bool IsWithinShare(string provider, string conversation)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(conversation);
        return ShareOf(provider) is not { } share || PlaceOf(provider, conversation) < share;
    }

    /// <summary>Why a call is rather sent elsewhere; null when the provider's share has it.</summary>
    internal string? ShareProblem(string provider, string? conversation, Func<double> randomness)
    {
        if (ShareOf(provider) is not { } share)
            return null;
        double place = conversation is null ? randomness() * 100 : PlaceOf(provider, conversation);
        return place < share ? null : string.Create(CultureInfo.InvariantCulture, $"outside its share of {share} %");
    }

    private int? ShareOf(string provider) =>
        _controls?.GetValueOrDefault(provider) is { SharePercent: < 100 and var share } ? share : null;

    // The provider's name is part of it: the same conversations must not be the first to try every provider anew.
    private static double PlaceOf(string provider, string conversation)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{provider.ToLowerInvariant()}\n{conversation}"));
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) % 10_000 / 100.0;
    }

    private void Swap(IEnumerable<KeyValuePair<string, ProviderControl>> controls) =>
        _controls = controls.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase) is { Count: > 0 } some ? some : null;
}
