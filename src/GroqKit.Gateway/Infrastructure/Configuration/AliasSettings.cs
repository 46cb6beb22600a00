using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Providers.Naming;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads the names that stand for models: <c>aliases.NAME</c>, each one or several of PROVIDER/MODEL, or agent/NAME.</summary>
internal static class AliasSettings
{
    public const string Section = "aliases";

    /// <summary>Whether OpenAI's older names lead to Groq.</summary>
    public const string OpenAiNamesPath = "GroqKit:OpenaiNames";

    public static IReadOnlyList<ModelAlias> Read(SettingsReader reader)
    {
        var found = new List<ModelAlias>();
        if (reader.Flag(OpenAiNamesPath, fallback: false))
            found.AddRange(ModelAlias.Of(ModelNames.ToGroq));
        foreach (string name in reader.Names(Section))
        {
            if (Read(reader, name, $"{Section}:{name}") is { } alias)
                found.Add(alias);
        }
        return found;
    }

    private static ModelAlias? Read(SettingsReader reader, string name, string path)
    {
        if (
            !Services.Routing.ModelName.IsWellFormed(name)
            || name.StartsWith(Router.AgentPrefix, StringComparison.OrdinalIgnoreCase)
        )
        {
            reader.Fail(
                path,
                "has a name that no model can have: up to 256 letters, digits and -_./@+~, not 'agent/…'"
            );
            return null;
        }
        string[] meanings = reader.List(path);
        ModelChoice?[] models = [.. meanings.Select(meaning => ReadChoice(reader, path, meaning))];
        if (meanings.Length is 0 or > ModelAlias.MaxModels)
            reader.Fail(path, $"must name 1 to {ModelAlias.MaxModels} models, as PROVIDER/MODEL");
        else if (models.Length > 1 && models.Any(model => model?.Provider == ModelAlias.AgentWord))
            reader.Fail(path, "names an agent, which has to be the only one");
        else if (Array.TrueForAll(models, model => model is not null))
            return ModelAlias.Of(name, [.. models.OfType<ModelChoice>()]);
        return null;
    }

    private static ModelChoice? ReadChoice(SettingsReader reader, string path, string meaning)
    {
        int slash = meaning.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && Services.Routing.ModelName.IsWellFormed(meaning))
            return new ModelChoice(meaning[..slash], meaning[(slash + 1)..]);
        reader.Fail(path, $"'{meaning}' is not PROVIDER/MODEL or agent/NAME");
        return null;
    }
}
