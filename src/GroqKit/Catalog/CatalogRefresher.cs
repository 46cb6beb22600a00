namespace GroqKit.Catalog;

/// <summary>Merges what GET /models says into a catalogue.</summary>
internal static class CatalogRefresher
{
    public static CatalogRefresh Run(ModelCatalog catalog, IEnumerable<ModelListing> listings, DateOnly seen)
    {
        List<CatalogError> problems = [];
        List<string> repriced = [];
        Dictionary<string, CatalogModel> listed = new(StringComparer.OrdinalIgnoreCase);
        foreach (
            ModelListing listing in listings.Where(listing =>
                listing.Active != false && !string.IsNullOrWhiteSpace(listing.Id)
            )
        )
        {
            CatalogModel? known = catalog.Find(listing.Id);
            CatalogModel model = Describe(listing, known);
            CatalogModel priced = model with { Prices = ListedPrice.Apply(model, listing.Pricing, seen, problems) };
            listed[model.Id] = priced;
            if (!model.Prices.SequenceEqual(priced.Prices, SameAmounts.Instance))
                repriced.Add(model.Id);
        }
        CatalogModel[] absent = [.. catalog.Models.Where(model => !listed.ContainsKey(model.Id))];
        ModelCatalog refreshed = catalog.Replace(
            [.. listed.Values, .. absent.Select(model => model with { Listed = false })],
            catalog.Updated > seen ? catalog.Updated : seen
        );
        return new CatalogRefresh(
            refreshed,
            [.. listed.Keys.Where(id => catalog.Find(id) is null)],
            repriced,
            [
                .. absent
                    .Select(model => model with { Listed = null })
                    .Where(model => model.IsAvailableAt(seen))
                    .Select(model => model.Id),
            ],
            problems
        );
    }

    private static CatalogModel Describe(ModelListing listing, CatalogModel? known)
    {
        CatalogModel former =
            known ?? new CatalogModel { Id = listing.Id, UnknownCapabilities = [new ModelCapability("*")] };
        IReadOnlyList<string> input = listing.InputModalities is { Count: > 0 } given ? given : former.InputModalities;
        IReadOnlyList<string> output = listing.OutputModalities is { Count: > 0 } made ? made : former.OutputModalities;
        ModelCapability[] capabilities = [.. former.Capabilities.Union(ListedCapabilities(listing, input, output))];
        return former with
        {
            Name = listing.Name ?? former.Name,
            Owner = listing.OwnedBy ?? former.Owner,
            Kind = former.Kind == ModelKind.Unknown ? KindOf(output) : former.Kind,
            Created = listing.Created ?? former.Created,
            ContextWindow = listing.ContextWindow is > 0 ? listing.ContextWindow : former.ContextWindow,
            MaxOutput = listing.MaxCompletionTokens is > 0 ? listing.MaxCompletionTokens : former.MaxOutput,
            InputModalities = input,
            OutputModalities = output,
            Capabilities = capabilities,
            UnknownCapabilities = [.. former.UnknownCapabilities.Except(capabilities)],
            Listed = true,
        };
    }

    private static ModelKind KindOf(IReadOnlyList<string> output) =>
        output switch
        {
            _ when output.Contains("transcription") => ModelKind.Transcription,
            _ when output.Contains("speech") => ModelKind.Speech,
            _ when output.Contains("text") => ModelKind.Chat,
            _ => ModelKind.Unknown,
        };

    private static IEnumerable<ModelCapability> ListedCapabilities(
        ModelListing listing,
        IReadOnlyList<string> input,
        IReadOnlyList<string> output
    )
    {
        foreach (string feature in listing.SupportedFeatures ?? [])
            if (feature == "structured_outputs")
                yield return ModelCapability.JsonSchema;
            else if (!string.IsNullOrWhiteSpace(feature))
                yield return new ModelCapability(feature);
        if (input.Contains("image"))
            yield return ModelCapability.Vision;
        if (output.Contains("transcription"))
            yield return ModelCapability.Transcription;
        if (output.Contains("speech"))
            yield return ModelCapability.Speech;
    }
}
