using System.Collections.Frozen;

namespace GroqKit.Catalog;

/// <summary>What is known about models: limits, prices by date, capabilities, shutdowns and replacements.</summary>
/// <remarks>
/// Immutable and thread-safe: every change makes a new catalogue. Ids are compared without regard to the case of
/// letters and
/// otherwise exactly: nothing is trimmed, no prefix is removed. <see cref="CatalogModel.Id"/> has Groq's own spelling,
/// which is the one to send.
/// </remarks>
public sealed class ModelCatalog
{
    private const string Resource = "GroqKit.Catalog.models.json";

    private static readonly Lazy<ModelCatalog> BuiltIn = new(ReadBuiltIn);

    private readonly FrozenDictionary<string, CatalogModel> _byId;

    private ModelCatalog(DateOnly? updated, IReadOnlyList<CatalogModel> models)
    {
        Updated = updated;
        Models = models;
        _byId = models.ToFrozenDictionary(model => model.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// The models of Groq as of this version of the library, retired ones included. Read on first use.
    /// </summary>
    public static ModelCatalog Default => BuiltIn.Value;

    /// <summary>A catalogue without models.</summary>
    public static ModelCatalog Empty { get; } = new(null, []);

    /// <summary>The day of the newest data; null when not recorded.</summary>
    public DateOnly? Updated { get; }

    /// <summary>All models, in the order of the data.</summary>
    public IReadOnlyList<CatalogModel> Models { get; }

    /// <summary>Reads a catalogue from JSON in the format of the built-in one.</summary>
    /// <param name="json">An object with <c>models</c> and, if wanted, <c>updated</c>. Comments and trailing commas are
    /// allowed.</param>
    /// <returns>A catalogue of exactly these models.</returns>
    /// <exception cref="CatalogFormatException">The data cannot be used; every error is listed with its
    /// path.</exception>
    public static ModelCatalog Parse(string json) => Empty.Merge(json);

    /// <summary>
    /// Adds models from JSON, and changes those that are there: a member that an entry does not give stays as it was.
    /// </summary>
    /// <param name="json">As in <see cref="Parse"/>. Lists, such as the prices of a model, are replaced as a
    /// whole.</param>
    /// <returns>The new catalogue.</returns>
    /// <exception cref="CatalogFormatException">The data cannot be used; every error is listed with its
    /// path.</exception>
    public ModelCatalog Merge(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        (DateOnly? updated, IReadOnlyList<CatalogModel> models) = CatalogReader.Read(json, Find);
        return Replace(models, updated > Updated || Updated is null ? updated : Updated);
    }

    /// <summary>Adds models, or puts them in the place of those with the same ids.</summary>
    /// <param name="models">The models; of several with one id the last counts.</param>
    /// <returns>The new catalogue.</returns>
    /// <exception cref="ArgumentException">A model has a bad id or price, or a replacement that the new catalogue does
    /// not have.</exception>
    public ModelCatalog With(params CatalogModel[] models)
    {
        ArgumentNullException.ThrowIfNull(models);
        ModelCatalog changed = Replace(models, Updated);
        CatalogError? error = models.SelectMany((model, index) => Check(model, $"models[{index}]")).FirstOrDefault();
        return error is null ? changed : throw new ArgumentException(error.ToString(), nameof(models));

        IEnumerable<CatalogError> Check(CatalogModel model, string path) =>
            [
                .. CatalogRules.Check(model, path),
                .. CatalogRules.CheckReplacements(model, path, id => changed.Find(id) is not null),
            ];
    }

    /// <summary>Brings the catalogue up to date with what GET /models answered.</summary>
    /// <param name="listings">The entries of the answer.</param>
    /// <param name="seen">The day of the answer, in UTC; a price that differs from the known one holds from this day
    /// on.</param>
    /// <returns>The new catalogue and what is different in it.</returns>
    /// <remarks>
    /// Listed figures beat known ones. What the list does not say stays as it was: a listing is not exhaustive, and a
    /// model that is absent may
    /// only be closed to the key. Models that are not known yet are added, open to whatever capability is not stated.
    /// </remarks>
    public CatalogRefresh Refresh(IEnumerable<ModelListing> listings, DateOnly seen)
    {
        ArgumentNullException.ThrowIfNull(listings);
        return CatalogRefresher.Run(this, listings, seen);
    }

    /// <summary>Looks a model up.</summary>
    /// <param name="id">The id; the case of letters does not matter.</param>
    /// <returns>The model; null when the catalogue does not have it.</returns>
    public CatalogModel? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _byId.GetValueOrDefault(id);
    }

    /// <summary>Whether a model has a capability.</summary>
    /// <param name="id">The id; the case of letters does not matter.</param>
    /// <param name="capability">What to ask for.</param>
    /// <returns>True or false when it is known, null when it is not or the catalogue does not have the model.</returns>
    public bool? Supports(string id, ModelCapability capability) => Find(id)?.Supports(capability);

    /// <summary>The price of a model on a day.</summary>
    /// <param name="id">The id; the case of letters does not matter.</param>
    /// <param name="date">The day, in UTC.</param>
    /// <returns>The price; null when none is known or the catalogue does not have the model.</returns>
    public ModelPrice? PriceAt(string id, DateOnly date) => Find(id)?.PriceAt(date);

    /// <summary>What one request costs at the price of a day.</summary>
    /// <param name="id">The id; the case of letters does not matter.</param>
    /// <param name="usage">What the request used.</param>
    /// <param name="date">The day of the request, in UTC.</param>
    /// <returns>Dollars, not rounded; null when a price that is needed, or the model, is not known.</returns>
    /// <exception cref="OverflowException">The product of price and amount exceeds the range of
    /// <see cref="decimal"/>.</exception>
    public decimal? CostOf(string id, in ModelUsage usage, DateOnly date) => Find(id)?.CostOf(usage, date);

    /// <summary>
    /// The model to use for an id on a day: the model itself, or the one that its replacements lead to.
    /// </summary>
    /// <param name="id">The id; the case of letters does not matter.</param>
    /// <param name="date">The day, in UTC.</param>
    /// <param name="needed">When given, replacements that are not known to have this capability are passed
    /// over.</param>
    /// <returns>
    /// The model itself while it is available, otherwise the first available one that its replacements reach, each
    /// followed to its end
    /// before the next; null when there is none or the catalogue does not have the model.
    /// </returns>
    public CatalogModel? FinalReplacement(string id, DateOnly date, ModelCapability? needed = null)
    {
        if (Find(id) is not { } model)
            return null;
        return model.IsAvailableAt(date) ? model : Follow(model, [model.Id]);

        CatalogModel? Follow(CatalogModel from, HashSet<string> visited)
        {
            foreach (string next in from.Replacements)
            {
                if (Find(next) is not { } candidate || !visited.Add(candidate.Id))
                    continue;
                bool fits =
                    candidate.IsAvailableAt(date)
                    && (needed is not { } capability || candidate.Supports(capability) == true);
                if ((fits ? candidate : Follow(candidate, visited)) is { } found)
                    return found;
            }
            return null;
        }
    }

    internal ModelCatalog Replace(IReadOnlyList<CatalogModel> models, DateOnly? updated)
    {
        Dictionary<string, CatalogModel> changes = new(StringComparer.OrdinalIgnoreCase);
        foreach (CatalogModel model in models)
            changes[model.Id] = model;
        IEnumerable<CatalogModel> kept = Models.Select(model => changes.GetValueOrDefault(model.Id, model));
        IEnumerable<CatalogModel> added = models.Where(model =>
            Find(model.Id) is null && ReferenceEquals(changes[model.Id], model)
        );
        return new ModelCatalog(updated, [.. kept, .. added]);
    }

    private static ModelCatalog ReadBuiltIn()
    {
        using Stream stream =
            typeof(ModelCatalog).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using StreamReader reader = new(stream);
        return Parse(reader.ReadToEnd());
    }
}
