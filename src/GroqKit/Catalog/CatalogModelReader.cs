namespace GroqKit.Catalog;

/// <summary>
/// Turns one entry of the catalogue's JSON into a model, keeping what is known for each member that the entry lacks.
/// </summary>
internal static class CatalogModelReader
{
    public static CatalogModel Read(CatalogObject entry, string id, CatalogModel? known)
    {
        // Of a model that nobody described nothing is known to be impossible.
        CatalogModel former = known ?? new CatalogModel { Id = id, UnknownCapabilities = [new ModelCapability("*")] };
        (ModelLimits? Free, ModelLimits? Developer) limits = entry.Has("limits")
            ? ReadPlans(entry.Object("limits"))
            : (former.FreeLimits, former.DeveloperLimits);
        return former with
        {
            Name = Pick("name", entry.Text, former.Name),
            Owner = Pick("owner", entry.Text, former.Owner),
            Status = Pick("status", entry.Text, null) is { } status ? new ModelStatus(status) : former.Status,
            FormerStatus = Pick(
                "formerStatus",
                name => entry.Text(name) is { } text ? new ModelStatus(text) : null,
                former.FormerStatus
            ),
            Kind = Pick("kind", entry.Text, null) is { } kind ? new ModelKind(kind) : former.Kind,
            Created = Pick("created", entry.UnixTime, former.Created),
            ContextWindow = Pick("contextWindow", entry.Count, former.ContextWindow),
            MaxOutput = Pick("maxOutput", entry.Count, former.MaxOutput),
            TokensPerSecond = Pick("tokensPerSecond", entry.Count, former.TokensPerSecond),
            SpeedFactor = Pick("speedFactor", entry.Count, former.SpeedFactor),
            Prices = Pick("prices", name => [.. entry.Objects(name).Select(ReadPrice)], former.Prices),
            FreeLimits = limits.Free,
            DeveloperLimits = limits.Developer,
            Capabilities = Pick("capabilities", ReadCapabilities, former.Capabilities),
            UnknownCapabilities = ReadUnknownCapabilities(),
            ReasoningEfforts = Pick("reasoningEfforts", entry.Texts, former.ReasoningEfforts),
            InputModalities = Pick("inputModalities", ReadTexts, former.InputModalities),
            OutputModalities = Pick("outputModalities", ReadTexts, former.OutputModalities),
            Voices = Pick("voices", ReadTexts, former.Voices),
            MaxImages = Pick("maxImages", entry.Count, former.MaxImages),
            MaxImageMegabytes = Pick("maxImageMegabytes", entry.Count, former.MaxImageMegabytes),
            MaxInputCharacters = Pick("maxInputCharacters", entry.Count, former.MaxInputCharacters),
            Shutdown = Pick("shutdown", entry.Date, former.Shutdown),
            Replacements = ReadReplacements(),
            EnterpriseOk = Pick("enterpriseOk", entry.Flag, former.EnterpriseOk),
            Unconfirmed = Pick("unconfirmed", ReadTexts, former.Unconfirmed),
            Notes = Pick("notes", entry.Text, former.Notes),
        };

        T Pick<T>(string name, Func<string, T> read, T otherwise) => entry.Has(name) ? read(name) : otherwise;

        IReadOnlyList<string> ReadTexts(string name) => entry.Texts(name) ?? [];

        IReadOnlyList<ModelCapability> ReadCapabilities(string name) =>
            [.. ReadTexts(name).Select(text => new ModelCapability(text))];

        // An entry that lists the capabilities lists them all, but for those it calls unknown.
        IReadOnlyList<ModelCapability> ReadUnknownCapabilities() =>
            entry.Has("unknownCapabilities") || entry.Has("capabilities")
                ? ReadCapabilities("unknownCapabilities")
                : former.UnknownCapabilities;

        IReadOnlyList<string> ReadReplacements()
        {
            IReadOnlyList<string> all = Pick("replacements", ReadTexts, former.Replacements);
            if (!entry.Has("replacement"))
                return all;
            string? first = entry.Text("replacement");
            if (!entry.Has("replacements"))
                return first is null ? [] : [first];
            if (first != (all.Count > 0 ? all[0] : null))
                entry.Fail("replacement", "must be the first of the replacements");
            return all;
        }
    }

    private static (ModelLimits? Free, ModelLimits? Developer) ReadPlans(CatalogObject? plans)
    {
        if (plans is null)
            return default;
        (ModelLimits?, ModelLimits?) limits = (ReadLimits(plans.Object("free")), ReadLimits(plans.Object("developer")));
        plans.RefuseOthers();
        return limits;
    }

    private static ModelLimits? ReadLimits(CatalogObject? entry)
    {
        if (entry is null)
            return null;
        ModelLimits limits = new()
        {
            RequestsPerMinute = entry.LongCount("rpm"),
            RequestsPerDay = entry.LongCount("rpd"),
            TokensPerMinute = entry.LongCount("tpm"),
            TokensPerDay = entry.LongCount("tpd"),
            AudioSecondsPerHour = entry.LongCount("ash"),
            AudioSecondsPerDay = entry.LongCount("asd"),
            FileMegabytes = entry.LongCount("fileMegabytes"),
        };
        entry.RefuseOthers();
        return limits;
    }

    private static ModelPrice ReadPrice(CatalogObject entry)
    {
        ModelPrice price = new()
        {
            From = entry.Date("from"),
            Seen = entry.Date("seen"),
            Input = entry.Dollars("input"),
            CachedInput = entry.Dollars("cachedInput"),
            Output = entry.Dollars("output"),
            PerAudioHour = entry.Dollars("perAudioHour"),
            MinimumAudioSeconds = entry.Count("minimumAudioSeconds"),
            PerMillionCharacters = entry.Dollars("perMillionCharacters"),
        };
        entry.RefuseOthers();
        return price;
    }
}
