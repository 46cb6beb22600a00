namespace GroqKit.Catalog;

/// <summary>A catalogue's data cannot be used. <see cref="Errors"/> lists everything that is wrong with it.</summary>
public sealed class CatalogFormatException : FormatException
{
    internal CatalogFormatException(IReadOnlyList<CatalogError> errors, Exception? inner = null)
        : base(Describe(errors), inner) => Errors = errors;

    /// <summary>Everything that is wrong; at least one entry.</summary>
    public IReadOnlyList<CatalogError> Errors { get; }

    private static string Describe(IReadOnlyList<CatalogError> errors)
    {
        string lead =
            errors.Count == 1 ? "The model catalogue has an error." : $"The model catalogue has {errors.Count} errors.";
        return string.Join('\n', [lead, .. errors.Select(error => error.ToString())]);
    }
}
