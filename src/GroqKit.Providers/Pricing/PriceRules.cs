using System.Text.Json;
using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.Pricing;

/// <summary>How one kind of provider bills beyond the price list: tiers, caches that cost to write, very long input, its own tools. Immutable.</summary>
public sealed class PriceRules
{
    private readonly Dictionary<string, decimal> _tiers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, decimal> _tools = new(StringComparer.OrdinalIgnoreCase);
    private FamilyRule[] _families = [];

    private PriceRules() { }

    /// <summary>No rule but the price list.</summary>
    public static PriceRules None { get; } = new();

    /// <summary>Reads rules.</summary>
    /// <param name="json">
    /// <c>tiers</c>: factor by tier; <c>tools</c>: dollars per call by tool; <c>families</c>: objects with <c>prefix</c>,
    /// <c>cacheWriteFactor</c>, <c>longInputFrom</c>, <c>longInputFactor</c>, <c>longOutputFactor</c>.
    /// </param>
    /// <exception cref="ProviderConfigurationException">Something is missing, negative or misspelt; all of it is listed with its path.</exception>
    public static PriceRules Parse(string json)
    {
        var errors = new ErrorList("");
        var rules = new PriceRules();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            rules.Read(document.RootElement, errors);
        }
        catch (JsonException broken)
        {
            errors.Add("", $"is not valid JSON: {broken.Message}");
        }
        return errors.Errors.Count == 0 ? rules : throw new ProviderConfigurationException(errors.Errors);
    }

    /// <summary>By what a tier multiplies; null for a tier whose factor is not known.</summary>
    internal decimal? FactorOf(string? tier)
    {
        if (string.IsNullOrEmpty(tier))
            return 1m;
        return _tiers.TryGetValue(tier, out decimal factor) ? factor : null;
    }

    /// <summary>Dollars per call of a tool; null when not known.</summary>
    internal decimal? PriceOfTool(string tool) => _tools.TryGetValue(tool, out decimal price) ? price : null;

    internal FamilyRule? Find(string model) =>
        Array.Find(_families, rule => model.StartsWith(rule.Prefix, StringComparison.OrdinalIgnoreCase));

    private void Read(JsonElement root, ErrorList errors)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "must be a JSON object.");
            return;
        }
        foreach (JsonProperty member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "updated":
                    break;
                case "tiers":
                    ReadAmounts(member.Value, "tiers", _tiers, errors);
                    break;
                case "tools":
                    ReadAmounts(member.Value, "tools", _tools, errors);
                    break;
                case "families" when member.Value.ValueKind == JsonValueKind.Array:
                    _families =
                    [
                        .. member
                            .Value.EnumerateArray()
                            .Select((item, index) => ReadFamily(item, $"families[{index}]", errors))
                            .OrderByDescending(rule => rule.Prefix.Length),
                    ];
                    break;
                default:
                    errors.Add(member.Name, "is none of tiers, tools and families, or of the wrong kind.");
                    break;
            }
        }
    }

    private static void ReadAmounts(JsonElement from, string path, Dictionary<string, decimal> to, ErrorList errors)
    {
        if (from.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, "must be an object.");
            return;
        }
        foreach (JsonProperty entry in from.EnumerateObject())
        {
            if (Amount(entry.Value, $"{path}.{entry.Name}", errors) is { } amount)
                to[entry.Name] = amount;
        }
    }

    private static FamilyRule ReadFamily(JsonElement item, string path, ErrorList errors)
    {
        var rule = new FamilyRule("");
        if (item.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, "must be an object.");
            return rule;
        }
        foreach (JsonProperty member in item.EnumerateObject())
            rule = ReadMember(rule, member, $"{path}.{member.Name}", errors);
        if (rule.Prefix.Length == 0)
            errors.Add($"{path}.prefix", "is missing.");
        return rule;
    }

    private static FamilyRule ReadMember(FamilyRule rule, JsonProperty member, string path, ErrorList errors)
    {
        if (member.Name == "prefix" && member.Value.ValueKind == JsonValueKind.String)
            return rule with { Prefix = member.Value.GetString()! };
        decimal amount = Amount(member.Value, path, errors) ?? 0;
        switch (member.Name)
        {
            case "cacheWriteFactor":
                return rule with { CacheWriteFactor = amount };
            case "longInputFrom":
                return rule with { LongInputFrom = (long)Math.Min(amount, long.MaxValue) };
            case "longInputFactor":
                return rule with { LongInputFactor = amount };
            case "longOutputFactor":
                return rule with { LongOutputFactor = amount };
            default:
                errors.Add(path, "is not a member of a family.");
                return rule;
        }
    }

    private static decimal? Amount(JsonElement value, string path, ErrorList errors)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal amount) && amount >= 0)
            return amount;
        errors.Add(path, "must be a number that is not negative.");
        return null;
    }
}
