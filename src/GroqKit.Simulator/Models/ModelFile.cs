using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Models;

/// <summary>Reads the embedded catalogue file.</summary>
internal static class ModelFile
{
    private static readonly DateTimeOffset EarliestPrice = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Model> Read()
    {
        using Stream file =
            typeof(ModelFile).Assembly.GetManifestResourceStream("models.json")
            ?? throw new InvalidOperationException("The model list is missing from the assembly.");
        using var document = JsonDocument.Parse(file);
        return [.. document.RootElement.GetProperty("models"u8).EnumerateArray().Select(Model)];
    }

    private static Model Model(JsonElement entry)
    {
        JsonElement limits = entry.GetProperty("limits"u8);
        JsonElement price = entry.GetProperty("prices"u8).EnumerateArray().LastOrDefault();
        return new Model
        {
            Id = Text(entry, "id")!,
            Name = Text(entry, "name") ?? Text(entry, "id")!,
            Owner = Text(entry, "owner")!,
            Status = Enum.Parse<ModelStatus>(Text(entry, "status")!, ignoreCase: true),
            Kind = Text(entry, "kind")!,
            ContextWindow = Integer(entry, "contextWindow"),
            MaxOutput = Integer(entry, "maxOutput"),
            TokensPerSecond = Integer(entry, "tokensPerSecond"),
            MaxImages = Integer(entry, "maxImages") ?? 3,
            Replacement = Text(entry, "replacement"),
            Capabilities = Texts(entry, "capabilities").ToFrozenSet(StringComparer.Ordinal),
            ReasoningEfforts = Texts(entry, "reasoningEfforts"),
            InputModalities = Texts(entry, "inputModalities"),
            OutputModalities = Texts(entry, "outputModalities"),
            Voices = Texts(entry, "voices"),
            Price = Price(price),
            Created = Created(price),
            FreeLimits = Limits(limits, "free"),
            DeveloperLimits = Limits(limits, "developer"),
        };
    }

    private static ModelLimits Limits(JsonElement limits, string plan) =>
        limits.TryGetProperty(plan, out JsonElement figures)
            ? new ModelLimits
            {
                RequestsPerMinute = Integer(figures, "rpm"),
                RequestsPerDay = Integer(figures, "rpd"),
                TokensPerMinute = Integer(figures, "tpm"),
                TokensPerDay = Integer(figures, "tpd"),
                AudioSecondsPerHour = Integer(figures, "ash"),
                AudioSecondsPerDay = Integer(figures, "asd"),
            }
            : ModelLimits.Unlimited;

    private static ModelPrice? Price(JsonElement price) =>
        price.ValueKind is JsonValueKind.Object
            ? new ModelPrice(
                Amount(price, "input"),
                Amount(price, "cachedInput"),
                Amount(price, "output"),
                Amount(price, "perMillionCharacters")
            )
            : null;

    /// <summary>The list has no creation dates; the day of the first known price stands in for it.</summary>
    private static long Created(JsonElement price) =>
        price.ValueKind is JsonValueKind.Object
        && DateTimeOffset.TryParse(
            Text(price, "from"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset from
        )
            ? from.ToUnixTimeSeconds()
            : EarliestPrice.ToUnixTimeSeconds();

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static int? Integer(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Number
            ? value.GetInt32()
            : null;

    private static decimal? Amount(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.Number
            ? value.GetDecimal()
            : null;

    private static string[] Texts(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : [];
}
