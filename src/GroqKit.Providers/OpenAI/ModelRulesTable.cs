using GroqKit.Providers.Configuration;

namespace GroqKit.Providers.OpenAI;

/// <summary>
/// What reasoning models refuse, by the longest prefix of their id, as of 2026-11-21. A model that is not here is sent everything, and its
/// refusal is shown. The setting <c>model_rules.PREFIX</c> adds a family or replaces one:
/// <c>efforts=none|low|high; tools=always|without_reasoning|never; sampling=false; stop=false</c>.
/// </summary>
internal sealed class ModelRulesTable
{
    public const string Setting = "model_rules.";

    private static readonly string[] FromNone = ["none", "low", "medium", "high", "xhigh", "max"];
    private static readonly string[] FromLow = ["low", "medium", "high", "xhigh"];

    private static readonly ModelRules[] Known =
    [
        Reasoning("gpt-5", ["minimal", "low", "medium", "high"], ToolRule.Always),
        Reasoning("gpt-5.1", ["none", "low", "medium", "high"], ToolRule.Always),
        Reasoning("gpt-5.4", ["none", "low", "medium", "high", "xhigh"], ToolRule.OnlyWithoutReasoning),
        Reasoning("gpt-5.5", ["none", "low", "medium", "high", "xhigh"], ToolRule.OnlyWithoutReasoning),
        Reasoning("gpt-5.6", FromNone, ToolRule.OnlyWithoutReasoning),
        Reasoning("gpt-6-sol", FromNone, ToolRule.OnlyWithoutReasoning),
        Reasoning("gpt-6-luna", FromNone, ToolRule.OnlyWithoutReasoning),
        Reasoning("gpt-6.1-terra", FromNone, ToolRule.OnlyWithoutReasoning),
        Reasoning("gpt-6-astra", FromLow, ToolRule.Never),
        Reasoning("gpt-6.1-sol", FromLow, ToolRule.Never),
        Reasoning("gpt-6.2", FromLow, ToolRule.Never),
        Reasoning("o1", ["low", "medium", "high"], ToolRule.Always),
        Reasoning("o3", ["low", "medium", "high"], ToolRule.Always) with
        {
            TakesStop = false,
        },
        Reasoning("o4", ["low", "medium", "high"], ToolRule.Always) with
        {
            TakesStop = false,
        },
        new("gpt-4"),
        new("gpt-3.5"),
    ];

    private readonly ModelRules[] _rules;

    public ModelRulesTable(ProviderOptions options)
    {
        ModelRules[] own =
        [
            .. options
                .Settings.Where(setting => setting.Key.StartsWith(Setting, StringComparison.OrdinalIgnoreCase))
                .Select(setting => Parse(setting.Key[Setting.Length..], setting.Value, out _)!),
        ];
        _rules =
        [
            .. own.Concat(Known.Where(known => !Array.Exists(own, rule => rule.Prefix == known.Prefix)))
                .OrderByDescending(rule => rule.Prefix.Length),
        ];
    }

    /// <summary>Null for a model that nothing is known of.</summary>
    public ModelRules? Find(string model) =>
        Array.Find(_rules, rule => model.StartsWith(rule.Prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null when the text cannot be read; the problem says why.</summary>
    public static ModelRules? Parse(string prefix, string text, out string? problem)
    {
        problem = prefix.Length == 0 ? "has no prefix." : null;
        var rules = new ModelRules(prefix);
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            string value = pair.Length == 2 ? pair[1] : "";
            ModelRules? next = pair[0] switch
            {
                "efforts" => rules with { Efforts = value.Split('|', StringSplitOptions.RemoveEmptyEntries) },
                "tools" when ReadTools(value) is { } tools => rules with { Tools = tools },
                "sampling" when bool.TryParse(value, out bool takes) => rules with { TakesSampling = takes },
                "stop" when bool.TryParse(value, out bool takes) => rules with { TakesStop = takes },
                _ => null,
            };
            if (next is null)
                problem = $"cannot be read at \"{part}\": efforts, tools, sampling and stop are known.";
            rules = next ?? rules;
        }
        return problem is null ? rules : null;
    }

    private static ToolRule? ReadTools(string word) =>
        word switch
        {
            "always" => ToolRule.Always,
            "without_reasoning" => ToolRule.OnlyWithoutReasoning,
            "never" => ToolRule.Never,
            _ => null,
        };

    private static ModelRules Reasoning(string prefix, string[] efforts, ToolRule tools) =>
        new(prefix)
        {
            Efforts = efforts,
            Tools = tools,
            TakesSampling = false,
            TakesStop = false,
        };
}
