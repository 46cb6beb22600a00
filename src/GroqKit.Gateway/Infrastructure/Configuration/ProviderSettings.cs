using System.Collections.Frozen;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads the providers of the operator's file: <c>providers.NAME</c> with type, enabled, api_key, base_url and so on.</summary>
internal static class ProviderSettings
{
    public const string Section = "providers";

    public static readonly string[] Fields =
    [
        "type",
        "enabled",
        "api_key",
        "base_url",
        "models",
        "rate_limit_rpm",
        "timeout_seconds",
        "track_latency",
        "latency_samples",
    ];

    private const int MaxKeyLength = 512;
    private const int MaxRpm = 1_000_000;

    /// <summary>Those that are enabled, in the order of their names.</summary>
    public static IReadOnlyList<Provider> Read(SettingsReader reader)
    {
        var found = new List<Provider>();
        foreach (string name in reader.Names(Section))
        {
            if (!RecordNameIsFit(reader, name))
                continue;
            reader.RefuseOthers($"{Section}:{name}", Fields);
            if (Read(reader, name, $"{Section}:{name}:") is { } provider)
                found.Add(provider);
        }
        return found;
    }

    private static Provider? Read(SettingsReader reader, string name, string at)
    {
        bool enabled = reader.Flag(at + "enabled", fallback: true);
        string type = reader.Text(at + "type") ?? name;
        ProviderKind? kind = ProviderKinds.Parse(type);
        if (kind is null)
            reader.Fail(at + "type", $"'{type}' must be one of {string.Join(", ", ProviderKinds.All)}");
        string? key = reader.Secret(at + "api_key", 1, MaxKeyLength);
        Uri? address = reader.Text(at + "base_url") is { } text
            ? ProviderAddress.Read(reader, at + "base_url", text, kind ?? ProviderKind.OpenAi)
            : ProviderKinds.DefaultAddress(kind ?? ProviderKind.OpenAi);
        int? rpm = reader.Text(at + "rate_limit_rpm") is null
            ? null
            : reader.Count(at + "rate_limit_rpm", 1, 1, MaxRpm);
        int timeout = reader.Count(at + "timeout_seconds", ProviderConfiguration.DefaultTimeoutSeconds, 1, 3600);
        bool track = reader.Flag(at + "track_latency", fallback: true);
        int samples = reader.Count(at + "latency_samples", Provider.DefaultLatencySamples, 1, 100_000);
        string[] models = reader.List(at + "models");
        foreach (string model in models.Where(model => !ModelName.IsWellFormed(model)))
            reader.Fail(at + "models", $"'{model}' is not a model name");
        if (key is null && enabled && reader.Text(at + "api_key") is null && reader.Text(at + "base_url") is null)
            reader.Fail(at + "api_key", "is not set; only a server of your own, by base_url, may do without");
        if (!enabled || kind is null || address is null)
            return null;
        return new Provider(name, address, key is null ? null : "Bearer " + key, Simulated: false)
        {
            Kind = kind.Value,
            Timeout = TimeSpan.FromSeconds(timeout),
            Models = models.Length == 0 ? null : models.ToFrozenSet(StringComparer.Ordinal),
            RequestsPerMinute = rpm,
            LatencySamples = track ? samples : 0,
        };
    }

    private static bool RecordNameIsFit(SettingsReader reader, string name)
    {
        bool fits = Services.Administration.RecordName.IsWellFormed(name) && name != "agent";
        if (!fits)
            reader.Fail(
                $"{Section}:{name}",
                "has a name that a provider can't have: up to 64 letters, digits and -_., not 'agent'"
            );
        return fits;
    }
}
