using System.Globalization;
using System.Text.Json;

namespace GroqKit.Simulator.Models;

/// <summary>Writes models as <c>GET /models</c> shows them, the members beyond the published schema included.</summary>
internal static class ModelWriter
{
    public static void WriteList(Utf8JsonWriter json, IEnumerable<Model> models)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (Model model in models)
            Write(json, model);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Model model)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, model.Id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, model.Created);
        json.WriteString("owned_by"u8, model.Owner);
        json.WriteBoolean("active"u8, true);
        WriteNumber(json, "context_window", model.ContextWindow);
        json.WriteNull("public_apps"u8);
        WriteNumber(json, "max_completion_tokens", model.MaxOutput);
        json.WriteString("name"u8, model.Name);
        WriteTexts(json, "input_modalities", model.InputModalities);
        WriteTexts(json, "output_modalities", model.OutputModalities);
        WriteTexts(json, "supported_features", Features(model));
        WritePricing(json, model.Price);
        json.WriteEndObject();
    }

    private static IEnumerable<string> Features(Model model)
    {
        if (model.Can("tools"))
            yield return "tools";
        if (model.Can("json_mode"))
            yield return "json_mode";
        if (model.Can("json_schema"))
            yield return "structured_outputs";
        if (model.Can("reasoning"))
            yield return "reasoning";
    }

    private static void WritePricing(Utf8JsonWriter json, ModelPrice? price)
    {
        if (price is null)
        {
            json.WriteNull("pricing"u8);
            return;
        }

        json.WriteStartObject("pricing"u8);
        WritePrice(json, "prompt", price.Input ?? price.Characters);
        WritePrice(json, "completion", price.Output);
        WritePrice(json, "input_cache_read", price.CachedInput);
        json.WriteEndObject();
    }

    private static void WritePrice(Utf8JsonWriter json, string name, decimal? perMillion)
    {
        if (perMillion is { } dollars)
            json.WriteString(name, (dollars / 1_000_000m).ToString("0.############", CultureInfo.InvariantCulture));
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
