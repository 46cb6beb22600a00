using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads how to reach Groq from the environment.</summary>
internal static class GroqSettings
{
    private const string KeyPath = "GROQ_API_KEY";
    private const string BaseUrlPath = "GROQ_BASE_URL";
    private const string HostPath = "GROQ_HOST";
    private const string DefaultAddress = "https://api.groq.com";

    /// <summary>The provider, or null where the embedded simulator is to stand in, which only Development allows.</summary>
    /// <param name="reader">Reads the settings.</param>
    /// <param name="environment">Development, or another.</param>
    /// <param name="file">The providers of the operator's file; the environment's variables go before them.</param>
    public static Provider? Read(SettingsReader reader, IHostEnvironment environment, IReadOnlyList<Provider> file)
    {
        if (reader.Text(KeyPath) is null && reader.Text(BaseUrlPath) is null && reader.Text(HostPath) is null)
        {
            Provider? stated =
                file.FirstOrDefault(provider => provider.Kind == ProviderKind.Groq)
                ?? file.FirstOrDefault(provider => ProviderKinds.ServesChat(provider.Kind));
            // One that is stated wrongly has been complained of already.
            if (stated is not null || (reader.HasErrors && reader.Names(ProviderSettings.Section).Any()))
                return stated;
        }
        string path = reader.Text(BaseUrlPath) is null && reader.Text(HostPath) is not null ? HostPath : BaseUrlPath;
        string? address = reader.Text(path);
        Uri? root = ProviderAddress.Read(reader, path, address ?? DefaultAddress, ProviderKind.Groq);
        if (reader.Text(KeyPath) is null)
        {
            if (address is not null)
                reader.Fail(KeyPath, $"is not set although {path} is; a simulator takes any key");
            else if (!environment.IsDevelopment())
                reader.Fail(
                    KeyPath,
                    $"is not set, and the simulator only stands in for Groq in Development (this is {environment.EnvironmentName})"
                );
            return null;
        }
        string? key = reader.Secret(KeyPath, 1, 512);
        return key is null || root is null ? null : new Provider("groq", root, "Bearer " + key, Simulated: false);
    }
}
