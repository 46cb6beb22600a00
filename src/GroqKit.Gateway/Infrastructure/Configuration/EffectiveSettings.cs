using GroqKit.Gateway.Services.Settings;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>The settings that were read, each with where it comes from.</summary>
internal sealed class EffectiveSettings(ConfigLoader loader) : IEffectiveSettings
{
    public IReadOnlyList<EffectiveSetting> List() => [.. loader.Reader.Reads.Select(Describe)];

    private EffectiveSetting Describe(SettingRead setting)
    {
        string? value = loader.ValueOf(setting.Path);
        string shown =
            value is null ? setting.Default ?? "not set"
            : setting.Kind == SettingKind.Secret ? SecretMask.Mask
            : SecretMask.Show(setting.Path, value);
        string source =
            value is null ? "default"
            : loader.File.Values.TryGetValue(setting.Path, out string? stated) && stated == value
                ? loader.File.Origins[setting.Path]
            : "environment";
        return new EffectiveSetting(setting.Path, shown, source);
    }
}
