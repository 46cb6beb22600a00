namespace GroqKit.Gateway.Services.Administration;

/// <summary>A part of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">What to send as <c>after</c> for the next part; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>A part made of one item more than was asked for, which shows that there is a next one.</summary>
    public static Page<T> Of<TRecord>(
        IReadOnlyList<TRecord> found,
        int count,
        Func<TRecord, T> view,
        Func<TRecord, string> key
    ) => new([.. found.Take(count).Select(view)], found.Count > count ? key(found[count - 1]) : null);
}
