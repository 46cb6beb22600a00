using System.Globalization;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Gateway.Dashboard.Parts;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Models;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using ModelListing = GroqKit.Gateway.Services.Models.ModelListing;

namespace GroqKit.Gateway.Dashboard.Choosing;

/// <summary>The models that a tenant's agents can be set to, with what the gateway knows of them.</summary>
internal sealed class ModelCards(CurrentSnapshot current, ModelDirectory directory, ModelWriter writer)
{
    /// <param name="tenant">Whose agents.</param>
    /// <param name="service">Which service they are to serve.</param>
    /// <param name="cancelled">Ends the wait for providers.</param>
    /// <returns>Models whose kind nobody states are among those of every service.</returns>
    public async Task<IReadOnlyList<ModelCard>> ListAsync(
        string tenant,
        ServiceKind service,
        CancellationToken cancelled
    )
    {
        Provider[] providers =
        [
            .. current.Value[tenant].Own.Where(provider => ProviderKinds.Serves(provider.Kind, service)),
        ];
        IReadOnlyList<ModelListing>?[] lists = await Task.WhenAll(
            providers.Select(provider => directory.ListAsync(provider, cancelled).AsTask())
        );
        return
        [
            .. lists
                .SelectMany(list => list ?? [])
                .Select(CardOf)
                .Where(card => card.Kind is null or "unknown" || card.Kind == KindOf(service))
                .OrderBy(card => card.Provider, StringComparer.Ordinal)
                .ThenBy(card => card.Id, StringComparer.Ordinal),
        ];
    }

    public static string KindOf(ServiceKind service) =>
        service switch
        {
            ServiceKind.Llm => ModelKind.Chat.Value,
            ServiceKind.Stt => ModelKind.Transcription.Value,
            _ => ModelKind.Speech.Value,
        };

    private ModelCard CardOf(ModelListing model)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            writer.Write(json, model, model.Id);
        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        JsonElement root = document.RootElement;
        JsonElement own = root.GetProperty("groqkit");
        CatalogModel? known = model.Provider.Kind == ProviderKind.Groq ? ModelCatalog.Default.Find(model.Id) : null;
        return new ModelCard(
            model.Provider.Name,
            model.Id,
            Text(own, "kind"),
            root.TryGetProperty("context_window", out JsonElement window) && window.TryGetInt32(out int tokens)
                ? tokens
                : known?.ContextWindow,
            own.TryGetProperty("capabilities", out JsonElement able)
                ? [.. able.EnumerateArray().Select(capability => capability.GetString()!)]
                : [],
            known?.TokensPerSecond,
            PriceOf(own.GetProperty("prices")),
            known?.Status.ToString() ?? "",
            known?.Shutdown,
            known?.Replacement
        );
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static string PriceOf(JsonElement prices)
    {
        string[] parts =
        [
            .. from price in ((string Name, string Unit)[])
                [
                    ("inputPerMillion", "per M in"),
                    ("outputPerMillion", "per M out"),
                    ("audioPerHour", "an hour"),
                    ("charactersPerMillion", "per M characters"),
                ]
            where prices.TryGetProperty(price.Name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            select string.Create(
                CultureInfo.InvariantCulture,
                $"{Show.Money(prices.GetProperty(price.Name).GetDecimal())} {price.Unit}"
            ),
        ];
        return parts.Length == 0 ? "not known" : string.Join(", ", parts);
    }
}
