using System.Text.Json;
using GroqKit.Catalog;

namespace GroqKit.Gateway.Infrastructure.Http;

/// <summary>Reads one entry of a provider's list of models, whichever provider's. What can't be read is left out.</summary>
internal static class ListedEntry
{
    public static ModelListing Read(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object
            ? new ModelListing
            {
                Id = Text(entry, "id") ?? Text(entry, "model_id") ?? "",
                OwnedBy = Text(entry, "owned_by"),
                Active = entry.TryGetProperty("active", out JsonElement active)
                    ? active.ValueKind != JsonValueKind.False
                    : null,
                ContextWindow = Whole(entry, "context_window"),
                MaxCompletionTokens = Whole(entry, "max_completion_tokens"),
                Pricing = PricingOf(entry),
            }
            : new ModelListing { Id = "" };

    private static Dictionary<string, string>? PricingOf(JsonElement entry)
    {
        if (!entry.TryGetProperty("pricing", out JsonElement pricing) || pricing.ValueKind != JsonValueKind.Object)
            return null;
        return pricing
            .EnumerateObject()
            .Where(price => price.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .DistinctBy(price => price.Name)
            .ToDictionary(price => price.Name, price => price.Value.ToString());
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Whole(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int number)
            ? number
            : null;
}
