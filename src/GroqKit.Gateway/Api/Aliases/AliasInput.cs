using System.Text.Json;
using GroqKit.Gateway.Api.Admin;
using GroqKit.Gateway.Api.Agents;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Api.Aliases;

/// <summary>Reads what a name is to stand for, against what its tenant has.</summary>
internal static class AliasInput
{
    private const int MaxLatencyMs = 3_600_000;
    private const decimal MaxBudget = 1_000_000m;

    /// <summary>A name as it is kept.</summary>
    /// <exception cref="GatewayException">No name can be so.</exception>
    public static string ReadName(string name)
    {
        if (!ModelName.IsWellFormed(name))
            throw RequestErrors.WrongValue("name", "is not a model name: up to 256 letters, digits and -_./:@+~");
        return name.StartsWith(Router.AgentPrefix, StringComparison.OrdinalIgnoreCase)
            ? throw RequestErrors.WrongValue("name", "begins with 'agent/', which agents' names do")
            : name.ToLowerInvariant();
    }

    public static ModelAlias Read(JsonInput body, string tenant, string name, TenantView view)
    {
        IReadOnlyList<JsonInput> items = body.Objects("models", ModelAlias.MaxModels);
        if (items.Count == 0)
            throw body.Has("models")
                ? RequestErrors.WrongValue("models", "is empty; a name stands for one model at least")
                : RequestErrors.Missing("models");
        var models = new List<ModelChoice>();
        foreach (JsonInput item in items)
        {
            ModelChoice choice = ReadChoice(item.Only("provider", "model"), items.Count == 1, view);
            if (models.Contains(choice))
                throw RequestErrors.WrongValue(item.PathOf("model"), "is in the list already");
            models.Add(choice);
        }
        return new ModelAlias
        {
            Tenant = tenant,
            Name = name,
            Models = [.. models],
            Budget = ReadBudget(body),
            LatencyTarget = body.Whole("latencyTargetMs", 1, MaxLatencyMs) is { } target
                ? TimeSpan.FromMilliseconds(target)
                : null,
        };
    }

    private static ModelChoice ReadChoice(JsonInput item, bool alone, TenantView view)
    {
        if (item.RequiredText("provider", ModelName.MaxLength) != ModelAlias.AgentWord)
            return AgentInput.ReadChoice(item, service: null, view);
        if (!alone)
            throw RequestErrors.WrongValue(item.PathOf("provider"), "names an agent, which has to be the only one");
        string agent = item.RequiredText("model", ModelName.MaxLength);
        return view.Agents.ContainsKey(agent)
            ? new ModelChoice(ModelAlias.AgentWord, agent)
            : throw RequestErrors.WrongValue(item.PathOf("model"), $"names no agent: there is no '{agent}'");
    }

    private static decimal? ReadBudget(JsonInput body)
    {
        if (!body.TryGet("budget", out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out decimal budget))
            throw RequestErrors.WrongType("budget", "a number");
        return budget is > 0 and <= MaxBudget
            ? budget
            : throw RequestErrors.WrongValue("budget", "must be more than 0, in US dollars a call");
    }
}
