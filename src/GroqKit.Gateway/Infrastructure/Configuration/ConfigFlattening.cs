using System.Text.Json;
using YamlDotNet.Core;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Turns the tree in a file into settings by path.</summary>
internal sealed class ConfigFlattening(ConfigFile file, Func<string, string?> variable)
{
    private const string Section = "GroqKit:";
    private const string ListSeparator = ",";

    // What the environment calls by another name than the file.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["database"] = "GROQKIT_DATABASE",
        ["redis"] = "GROQKIT_REDIS",
        ["masterkey"] = "GROQKIT_MASTER_KEY",
        ["previousmasterkey"] = "GROQKIT_PREVIOUS_MASTER_KEY",
        ["adminkey"] = "GROQKIT_ADMIN_KEY",
    };

    // Sections of their own, whose names are taken as they are.
    private static readonly string[] Foreign = [ProviderSettings.Section, AliasSettings.Section, "logging"];

    /// <summary>Reads a file over what is there already.</summary>
    public void Add(string path)
    {
        string name = Path.GetFileName(path);
        ConfigNode root;
        try
        {
            string text = File.ReadAllText(path);
            root = Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".json" => JsonConfig.Read(text),
                ".yaml" or ".yml" => YamlConfig.Read(text),
                _ => throw new FormatException("must end in .yaml, .yml or .json"),
            };
        }
        catch (Exception wrong)
            when (wrong
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or JsonException
                        or YamlException
            )
        {
            file.Errors.Add($"{ConfigFile.PathSetting}: {path}: {Explain(wrong)}");
            return;
        }
        file.Files.Add(path);
        if (root.Members is null && root.Text is null && root.Items is null)
            return;
        if (root.Members is null)
        {
            file.Errors.Add($"{ConfigFile.PathSetting}: {path}: must hold named settings");
            return;
        }
        foreach ((string key, ConfigNode value) in root.Members)
            Walk(name, key, PathOf(key), value, Array.Exists(Foreign, section => Same(section, key)));
    }

    private void Walk(string name, string shown, string path, ConfigNode node, bool verbatim)
    {
        if (node.Members is { } members)
        {
            foreach ((string key, ConfigNode value) in members)
                Walk(name, $"{shown}.{key}", $"{path}:{(verbatim ? key : Plain(key))}", value, verbatim);
        }
        else if (node.Items is { } items)
        {
            AddList(name, shown, path, items);
        }
        else
        {
            Set(name, shown, path, node.Text);
        }
    }

    private void AddList(string name, string shown, string path, IReadOnlyList<ConfigNode> items)
    {
        if (items.Any(item => item.Text is null || item.Text.Contains(ListSeparator, StringComparison.Ordinal)))
            file.Errors.Add($"{name}: {shown}: must be a list of texts without commas");
        else
            Set(name, shown, path, string.Join(ListSeparator, items.Select(item => item.Text)));
    }

    private void Set(string name, string shown, string path, string? text)
    {
        string? value = text;
        try
        {
            if (text is not null)
                value = Substitution.Apply(text, variable);
        }
        catch (FormatException wrong)
        {
            file.Errors.Add($"{name}: {shown}: {wrong.Message}");
            return;
        }
        file.Values[path] = value;
        file.Origins[path] = $"{shown} in {name}";
    }

    private static string PathOf(string key)
    {
        string plain = Plain(key);
        return Renamed.TryGetValue(plain, out string? other) ? other
            : Array.Exists(Foreign, section => Same(section, key)) ? key
            : Section + plain;
    }

    // first_output, firstOutput and FirstOutput are one name; paths don't tell cases apart.
    private static string Plain(string key) => key.Replace("_", "", StringComparison.Ordinal);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Explain(Exception wrong) =>
        wrong is YamlException yaml ? $"line {yaml.Start.Line}: {Innermost(yaml)}" : wrong.Message;

    private static string Innermost(Exception failure) => failure.GetBaseException().Message;
}
