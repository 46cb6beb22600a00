namespace GroqKit.Gateway.Services.Settings;

/// <summary>A setting as it is in force.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Value">What it is, for people; a secret is masked.</param>
/// <param name="Source">default, environment, or where in the configuration file it stands.</param>
internal sealed record EffectiveSetting(string Path, string Value, string Source);
