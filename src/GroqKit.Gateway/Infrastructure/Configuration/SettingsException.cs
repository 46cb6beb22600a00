namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>The configuration can't be used. Lists everything wrong with it, each with the setting's path.</summary>
internal sealed class SettingsException(IReadOnlyList<string> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
