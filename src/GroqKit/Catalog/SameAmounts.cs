namespace GroqKit.Catalog;

/// <summary>Compares prices by what they charge, whatever the days on which they were read.</summary>
internal sealed class SameAmounts : IEqualityComparer<ModelPrice>
{
    private SameAmounts() { }

    public static SameAmounts Instance { get; } = new();

    public bool Equals(ModelPrice? x, ModelPrice? y) => Undated(x) == Undated(y);

    public int GetHashCode(ModelPrice obj) => Undated(obj)!.GetHashCode();

    private static ModelPrice? Undated(ModelPrice? price) =>
        price is null ? null : price with { From = null, Seen = null };
}
