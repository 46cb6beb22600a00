using System.Collections.Frozen;
using GroqKit.Catalog;
using GroqKit.Chat;
using ModelUsage = GroqKit.Catalog.ModelUsage;

namespace GroqKit.Providers.Pricing;

/// <summary>
/// What calls cost, in US dollars: exactly after, as an estimate before. A price that is not known makes the cost unknown, never zero, and is
/// counted. Safe for all threads.
/// </summary>
public sealed class ProviderPricing
{
    private const decimal Million = 1_000_000m;
    private const int PerMessage = 4;

    private static readonly Lazy<FrozenDictionary<ProviderKind, PriceRules>> BuiltIn = new(static () =>
        new Dictionary<ProviderKind, PriceRules>
        {
            [ProviderKind.OpenAI] = Read("openai"),
            [ProviderKind.Groq] = Read("groq"),
        }.ToFrozenDictionary()
    );

    private readonly FrozenDictionary<ProviderKind, PriceRules> _rules;
    private long _unknown;

    /// <summary>Bills by the rules that come with the package.</summary>
    public ProviderPricing()
        : this(BuiltIn.Value) { }

    private ProviderPricing(FrozenDictionary<ProviderKind, PriceRules> rules) => _rules = rules;

    /// <summary>How many costs could not be told for want of a price.</summary>
    public long UnknownPrices => Interlocked.Read(ref _unknown);

    /// <summary>The same with other rules for one kind, and a count of its own.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="rules">Its rules.</param>
    public ProviderPricing With(ProviderKind kind, PriceRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new(
            _rules.Where(entry => entry.Key != kind).Append(KeyValuePair.Create(kind, rules)).ToFrozenDictionary()
        );
    }

    /// <summary>What a call cost.</summary>
    /// <param name="provider">Who served.</param>
    /// <param name="service">The service.</param>
    /// <param name="model">The model that served.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="date">The day of the call, in UTC.</param>
    /// <returns>Dollars, not rounded; null when a price that is needed is not known.</returns>
    public decimal? CostOf(
        IProvider provider,
        ProviderService service,
        string model,
        ProviderUsage usage,
        DateOnly date
    )
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(usage);
        return CostOf(provider.Kind, provider.FindModel(service, model)?.Facts, usage, date);
    }

    /// <summary>What a call cost, for who has no provider at hand but knows the model.</summary>
    /// <param name="kind">The kind of provider that served.</param>
    /// <param name="model">The model that served; null for one that nothing is known of.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="date">The day of the call, in UTC.</param>
    /// <returns>Dollars, not rounded; null when a price that is needed is not known.</returns>
    /// <exception cref="OverflowException">The product of price and amount exceeds the range of <see cref="decimal"/>.</exception>
    public decimal? CostOf(ProviderKind kind, CatalogModel? model, ProviderUsage usage, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(usage);
        decimal? cost = Bill(model, _rules.GetValueOrDefault(kind, PriceRules.None), usage, date);
        if (cost is null)
            Interlocked.Increment(ref _unknown);
        return cost;
    }

    /// <summary>
    /// What a chat would cost at most: its input by <see cref="TokenEstimate"/> and 4 tokens a message (rather too many than too few), and all
    /// the output that it may give, without any help of caches. Images are not counted.
    /// </summary>
    /// <param name="provider">Who would serve.</param>
    /// <param name="model">The model.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="maxOutputTokens">The most output.</param>
    /// <param name="date">The day, in UTC.</param>
    public decimal? EstimateChat(
        IProvider provider,
        string model,
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages,
        int maxOutputTokens,
        DateOnly date
    )
    {
        ArgumentNullException.ThrowIfNull(messages);
        var usage = new ModelUsage
        {
            InputTokens = messages.Sum(message => (long)PerMessage + TokenEstimate.Count(message.Text)),
            OutputTokens = maxOutputTokens,
        };
        return CostOf(provider, ProviderService.Llm, model, new ProviderUsage(usage), date);
    }

    /// <summary>What speaking a text would cost.</summary>
    /// <param name="provider">Who would serve.</param>
    /// <param name="model">The model.</param>
    /// <param name="text">The text.</param>
    /// <param name="date">The day, in UTC.</param>
    public decimal? EstimateSpeech(IProvider provider, string model, string text, DateOnly date)
    {
        ArgumentNullException.ThrowIfNull(text);
        var usage = new ProviderUsage(new ModelUsage { Characters = text.Length });
        return CostOf(provider, ProviderService.TextToSpeech, model, usage, date);
    }

    /// <summary>What hearing a recording would cost.</summary>
    /// <param name="provider">Who would serve.</param>
    /// <param name="model">The model.</param>
    /// <param name="length">The recording's length.</param>
    /// <param name="date">The day, in UTC.</param>
    public decimal? EstimateTranscription(IProvider provider, string model, TimeSpan length, DateOnly date)
    {
        var usage = new ProviderUsage(new ModelUsage { Audio = length });
        return CostOf(provider, ProviderService.SpeechToText, model, usage, date);
    }

    private static decimal? Bill(CatalogModel? model, PriceRules rules, ProviderUsage usage, DateOnly date)
    {
        if (model?.PriceAt(date) is not { } price)
            return null;
        ModelUsage amounts = usage.Amounts;
        FamilyRule? family = rules.Find(model.Id);
        if (family?.LongInputFrom is { } from && amounts.InputTokens > from)
        {
            price = price with
            {
                Input = price.Input * family.LongInputFactor,
                CachedInput = price.CachedInput * family.LongInputFactor,
                Output = price.Output * family.LongOutputFactor,
            };
        }
        decimal? tools = 0m;
        foreach (var (tool, calls) in usage.ToolCalls)
            tools += rules.PriceOfTool(tool) * calls;
        decimal? tokens = price.CostOf(amounts) + CacheWrites(price, family, usage);
        return (tokens * rules.FactorOf(usage.ServiceTier)) + tools;
    }

    // The tokens themselves are in the input already; here is what writing them costs beyond that.
    private static decimal? CacheWrites(ModelPrice price, FamilyRule? family, ProviderUsage usage) =>
        usage.CacheWriteTokens > 0 && family?.CacheWriteFactor is { } factor
            ? usage.CacheWriteTokens * price.Input * (factor - 1m) / Million
            : 0m;

    private static PriceRules Read(string kind)
    {
        string resource = $"GroqKit.Providers.Pricing.{kind}.json";
        using Stream stream =
            typeof(ProviderPricing).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {resource}.");
        using var reader = new StreamReader(stream);
        return PriceRules.Parse(reader.ReadToEnd());
    }
}
