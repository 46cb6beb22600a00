using System.Globalization;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Cli.Display;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Models;

/// <summary>Models as a table, in detail, and as JSON.</summary>
internal static class ModelText
{
    public static Task WriteAsync(Terminal terminal, IReadOnlyList<ModelRow> rows, bool withReplacement)
    {
        List<ListingColumn> columns =
        [
            new("MODEL"),
            new("KIND", Rank: withReplacement ? 3 : 0),
            new("STATUS", Rank: withReplacement ? 1 : 2),
            new("CONTEXT", IsNumber: true, Rank: 5),
            new("$ IN / OUT", Rank: withReplacement ? 4 : 1),
            withReplacement ? new("TAKE INSTEAD") : new("CAPABILITIES", Wraps: true, Rank: 3),
        ];
        var grid = new Listing(columns);
        foreach (ModelRow row in rows)
        {
            string last = withReplacement ? row.Replacement ?? "" : row.Capabilities;
            grid.Add(row.Model.Id, row.Model.Kind.Value, row.Status, row.Context, row.PriceText, last);
        }
        return grid.WriteAsync(terminal);
    }

    /// <summary>One model, a line for everything that is known.</summary>
    public static async Task WriteAsync(Terminal terminal, ModelRow row)
    {
        CatalogModel model = row.Model;
        (string Name, string? Value)[] lines =
        [
            ("model", model.Id),
            ("name", model.Name),
            ("made by", model.Owner),
            ("kind", model.Kind.Value),
            ("status", row.Status),
            ("shut down", model.Shutdown?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("take instead", row.Replacement),
            ("context", Tokens(model.ContextWindow)),
            ("output", Tokens(model.MaxOutput)),
            ("price", Price(row)),
            ("speed", model.TokensPerSecond is { } speed ? $"{speed} tokens/s" : null),
            ("capabilities", row.Capabilities),
            ("reasoning", model.ReasoningEfforts is { Count: > 0 } efforts ? string.Join(", ", efforts) : null),
            ("voices", string.Join(", ", model.Voices)),
            ("notes", model.Notes),
        ];
        foreach (var (name, value) in lines.Where(line => !string.IsNullOrEmpty(line.Value)))
            await terminal.Output.WriteLineAsync($"{name, -14}{Printable.Line(value!)}");
    }

    public static string Json(ModelRow row) =>
        JsonText.Write(json =>
        {
            CatalogModel model = row.Model;
            json.WriteString("id", model.Id);
            json.WriteString("kind", model.Kind.Value);
            json.WriteString("status", row.Status);
            json.WriteBoolean("active", row.IsActive);
            json.WriteString("owner", model.Owner);
            json.WriteNumberOrNull("contextWindow", model.ContextWindow);
            json.WriteNumberOrNull("maxOutput", model.MaxOutput);
            json.WriteStartObject("price");
            json.WriteNumberOrNull("input", row.Price?.Input);
            json.WriteNumberOrNull("cachedInput", row.Price?.CachedInput);
            json.WriteNumberOrNull("output", row.Price?.Output);
            json.WriteNumberOrNull("perAudioHour", row.Price?.PerAudioHour);
            json.WriteNumberOrNull("perMillionCharacters", row.Price?.PerMillionCharacters);
            json.WriteEndObject();
            WriteList(json, "capabilities", model.Capabilities.Select(capability => capability.Value));
            WriteList(json, "voices", model.Voices);
            json.WriteString("shutdown", model.Shutdown?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("replacement", row.Replacement);
        });

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string? Tokens(int? tokens) =>
        tokens is { } count ? string.Create(CultureInfo.InvariantCulture, $"{count:N0} tokens") : null;

    private static string? Price(ModelRow row)
    {
        if (row.Price is null)
            return null;
        string cached = row.Price.CachedInput is { } price ? $" ({ModelRow.Dollars(price)} cached)" : "";
        bool isByToken = row.Price.Input is not null;
        return row.PriceText + cached + (isByToken ? " per million tokens in and out" : "");
    }
}
