namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>A setting that the gateway knows, as it was read.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Default">What counts where it isn't set; null where that isn't a plain value.</param>
/// <param name="Min">The least it may be.</param>
/// <param name="Max">The most it may be.</param>
internal sealed record SettingRead(
    string Path,
    SettingKind Kind,
    string? Default = null,
    string? Min = null,
    string? Max = null
);
