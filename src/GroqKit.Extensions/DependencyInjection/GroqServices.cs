using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Extensions.DependencyInjection;

/// <summary>Finds what was registered under a name.</summary>
internal static class GroqServices
{
    public static GroqClient GetGroqClient(this IServiceProvider provider, string? name) =>
        name is null ? provider.GetRequiredService<GroqClient>() : provider.GetRequiredKeyedService<GroqClient>(name);
}
