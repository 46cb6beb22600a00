using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads how to reach OpenAI, or a server that speaks like it, from the environment.</summary>
internal static class OpenAiSettings
{
    private const string KeyPath = "OPENAI_API_KEY";
    private const string BaseUrlPath = "OPENAI_BASE_URL";

    /// <summary>The provider; null where the environment sets no key for it.</summary>
    public static Provider? Read(SettingsReader reader)
    {
        if (reader.Secret(KeyPath, 1, 512) is not { } key)
            return null;
        Uri? root = reader.Text(BaseUrlPath) is { } address
            ? ProviderAddress.Read(reader, BaseUrlPath, address, ProviderKind.OpenAi)
            : ProviderKinds.DefaultAddress(ProviderKind.OpenAi);
        return root is null
            ? null
            : new Provider("openai", root, "Bearer " + key, Simulated: false) { Kind = ProviderKind.OpenAi };
    }
}
