namespace GroqKit.Catalog;

/// <summary>What a refresh from GET /models led to.</summary>
/// <param name="Catalog">The new catalogue.</param>
/// <param name="Added">Ids of models that were not known before.</param>
/// <param name="Repriced">Ids of models whose price is new or another one than was known.</param>
/// <param name="Absent">Ids of models that should be available on that day but were not listed for the key.</param>
/// <param name="Problems">Listed figures that were not used, with the reason.</param>
public sealed record CatalogRefresh(
    ModelCatalog Catalog,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Repriced,
    IReadOnlyList<string> Absent,
    IReadOnlyList<CatalogError> Problems
);
