namespace GroqKit.Catalog;

/// <summary>One thing that is wrong with a catalogue's data.</summary>
/// <param name="Path">Where, for example <c>models[3].prices[0].input</c>; empty for the document as a whole.</param>
/// <param name="ModelId">The model concerned; null when it is not a matter of one model or its id could not be
/// read.</param>
/// <param name="Message">What is wrong and what is expected.</param>
public sealed record CatalogError(string Path, string? ModelId, string Message)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string place = ModelId is null ? Path : $"{Path} ({ModelId})";
        return place.Length == 0 ? Message : $"{place}: {Message}";
    }
}
