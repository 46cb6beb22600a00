namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Puts what the operator's file says below everything else: variables and the command line go before it.</summary>
internal sealed class ConfigFileProvider : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Replaces what was there.</summary>
    public void Take(ConfigFile file) =>
        Data = new Dictionary<string, string?>(file.Values, StringComparer.OrdinalIgnoreCase);
}
