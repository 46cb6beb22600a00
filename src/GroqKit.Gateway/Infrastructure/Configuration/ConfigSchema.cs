using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>The JSON schema of the operator's file, for editors, made from the settings that are read.</summary>
internal static class ConfigSchema
{
    private const string Section = "GroqKit:";
    private const string Variable = @"\$\{";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["GROQKIT_DATABASE"] = "database",
        ["GROQKIT_REDIS"] = "redis",
        ["GROQKIT_MASTER_KEY"] = "master_key",
        ["GROQKIT_PREVIOUS_MASTER_KEY"] = "previous_master_key",
        ["GROQKIT_ADMIN_KEY"] = "admin_key",
    };

    /// <param name="reads">Every setting that the gateway reads.</param>
    public static string Write(IEnumerable<SettingRead> reads)
    {
        JsonObject root = NewSection(
            "Settings of the GroqKit gateway. Any value may be ${VARIABLE} or ${VARIABLE:-default}."
        );
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        foreach (SettingRead read in reads)
        {
            string[] path =
                Renamed.TryGetValue(read.Path, out string? other) ? [other]
                : read.Path.StartsWith(Section, StringComparison.Ordinal)
                    ? [.. read.Path[Section.Length..].Split(':').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)]
                : [];
            if (path.Length > 0)
                Place(root, path, Describe(read));
        }
        Members(root)[ProviderSettings.Section] = Providers();
        Members(root)[AliasSettings.Section] = new JsonObject
        {
            ["type"] = "object",
            ["description"] =
                "Names that stand for PROVIDER/MODEL or agent/NAME, or for several models of which each request finds its own. Changes are taken without a restart.",
            ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "array") },
        };
        Members(root)["logging"] = new JsonObject { ["type"] = "object" };
        return root.ToJsonString(Indented) + "\n";
    }

    private static void Place(JsonObject root, string[] path, JsonObject setting)
    {
        JsonObject at = root;
        foreach (string name in path[..^1])
        {
            if (Members(at)[name] is not JsonObject inner)
                Members(at)[name] = inner = NewSection(description: null);
            at = inner;
        }
        Members(at)[path[^1]] = setting;
    }

    private static JsonObject Describe(SettingRead read)
    {
        JsonObject setting = read.Kind switch
        {
            SettingKind.Count => OrVariable(
                new JsonObject
                {
                    ["type"] = "integer",
                    ["minimum"] = long.Parse(read.Min!),
                    ["maximum"] = long.Parse(read.Max!),
                }
            ),
            SettingKind.Flag => OrVariable(new JsonObject { ["type"] = "boolean" }),
            SettingKind.Duration => new JsonObject
            {
                ["type"] = "string",
                ["description"] = $"A time such as 500ms, 30s or 2m, from {read.Min} to {read.Max}.",
            },
            SettingKind.Secret => new JsonObject
            {
                ["type"] = "string",
                ["description"] = "A secret; better as ${VARIABLE} than as itself.",
            },
            _ => new JsonObject { ["type"] = new JsonArray("string", "array") },
        };
        if (read.Default is { } value)
            setting["default"] = read.Kind switch
            {
                SettingKind.Count => long.Parse(value),
                SettingKind.Flag => bool.Parse(value),
                _ => value,
            };
        return setting;
    }

    private static JsonObject Providers()
    {
        JsonObject provider = NewSection("A provider that serves all tenants. Changes are taken without a restart.");
        JsonObject members = Members(provider);
        foreach (string field in ProviderSettings.Fields)
            members[field] = field switch
            {
                "type" => new JsonObject
                {
                    ["enum"] = new JsonArray([
                        .. Services.Providers.ProviderKinds.All.Select(kind => JsonValue.Create(kind)),
                    ]),
                },
                "enabled" or "track_latency" => OrVariable(new JsonObject { ["type"] = "boolean" }),
                "rate_limit_rpm" or "timeout_seconds" or "latency_samples" => OrVariable(
                    new JsonObject { ["type"] = "integer", ["minimum"] = 1 }
                ),
                "models" => new JsonObject
                {
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "string" },
                },
                _ => new JsonObject { ["type"] = "string" },
            };
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = provider };
    }

    private static JsonObject OrVariable(JsonObject plain) =>
        new() { ["anyOf"] = new JsonArray(plain, new JsonObject { ["type"] = "string", ["pattern"] = Variable }) };

    private static JsonObject NewSection(string? description)
    {
        var section = new JsonObject { ["type"] = "object" };
        if (description is not null)
            section["description"] = description;
        section["additionalProperties"] = false;
        section["properties"] = new JsonObject();
        return section;
    }

    private static JsonObject Members(JsonObject section) => section["properties"]!.AsObject();
}
