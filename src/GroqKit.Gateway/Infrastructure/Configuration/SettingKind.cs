namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>What a setting is.</summary>
internal enum SettingKind
{
    Text,
    Count,
    Duration,
    Flag,
    Secret,
}
