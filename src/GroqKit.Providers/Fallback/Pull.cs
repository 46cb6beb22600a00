using System.Runtime.InteropServices;

namespace GroqKit.Providers.Fallback;

/// <summary>What came of asking for the next piece: a piece, the end, or a failure.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Pull<TItem>
{
    private Pull(TItem? item, bool hasItem, ProviderException? failure)
    {
        Item = item;
        HasItem = hasItem;
        Failure = failure;
    }

    public static Pull<TItem> Ended => default;

    public TItem? Item { get; }

    public bool HasItem { get; }

    public ProviderException? Failure { get; }

    public static Pull<TItem> Of(TItem item) => new(item, true, null);

    public static Pull<TItem> Failed(ProviderException failure) => new(default, false, failure);
}
