using System.Text.Json;

namespace GroqKit.Catalog;

/// <summary>Reads the catalogue's JSON format, on top of what is already known about the models it names.</summary>
internal static class CatalogReader
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>
    /// Reads a document; models that <paramref name="known"/> holds keep each member that the document does not give.
    /// </summary>
    /// <exception cref="CatalogFormatException">Anything in the document cannot be used.</exception>
    public static (DateOnly? Updated, IReadOnlyList<CatalogModel> Models) Read(
        string json,
        Func<string, CatalogModel?> known
    )
    {
        using JsonDocument document = Parse(json);
        List<CatalogError> errors = [];
        CatalogObject root = new(document.RootElement, "", null, errors);
        DateOnly? updated = root.Date("updated");
        if (!root.Has("models"))
            root.Fail("models", "is missing");
        List<CatalogModel> models = ReadModels(root.Objects("models"), known, errors);
        root.RefuseOthers();
        return errors.Count == 0 ? (updated, models) : throw new CatalogFormatException(errors);
    }

    private static JsonDocument Parse(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Lenient);
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException or InvalidOperationException)
        {
            // The last two are how the parser reports half of a surrogate pair, in the text itself or escaped in a name.
            throw new CatalogFormatException(
                [new CatalogError("", null, $"is not valid JSON: {broken.Message}")],
                broken
            );
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new CatalogFormatException([
            new CatalogError("", null, "must be a JSON object with the member \"models\""),
        ]);
    }

    private static List<CatalogModel> ReadModels(
        IReadOnlyList<CatalogObject> items,
        Func<string, CatalogModel?> known,
        List<CatalogError> errors
    )
    {
        List<(CatalogModel Model, string Path)> read = [];
        Dictionary<string, string> places = new(StringComparer.OrdinalIgnoreCase);
        foreach (CatalogObject item in items)
        {
            if (item.Text("id") is not { } id)
            {
                if (!item.Has("id"))
                    item.Fail("id", "is missing");
                continue;
            }
            item.ModelId = id;
            if (!places.TryAdd(id, item.Path))
                item.Fail("id", $"is the id of {places[id]} too");
            int before = errors.Count;
            CatalogModel model = CatalogModelReader.Read(item, id, known(id));
            item.RefuseOthers();
            // Of a price that could not be read in full, what is missing has been said already.
            HashSet<string> unread = [.. errors.Skip(before).Select(error => PriceOf(error.Path))];
            errors.AddRange(CatalogRules.Check(model, item.Path).Where(error => !unread.Contains(PriceOf(error.Path))));
            read.Add((model, item.Path));
        }
        foreach ((CatalogModel model, string path) in read)
            errors.AddRange(
                CatalogRules.CheckReplacements(model, path, id => places.ContainsKey(id) || known(id) is not null)
            );
        return [.. read.Select(entry => entry.Model)];
    }

    /// <summary>The path of the price that a path lies in; a path that lies in none as it is.</summary>
    private static string PriceOf(string path)
    {
        int list = path.IndexOf(".prices[", StringComparison.Ordinal);
        return list < 0 ? path : path[..(path.IndexOf(']', list) + 1)];
    }
}
