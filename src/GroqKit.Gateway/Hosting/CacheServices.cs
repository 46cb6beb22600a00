using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Metrics;
using GroqKit.Gateway.Services.Cache;
using GroqKit.Gateway.Services.Cache.Answers;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Sharing;
using Microsoft.Extensions.Caching.Hybrid;

namespace GroqKit.Gateway.Hosting;

/// <summary>The cache: in this process, and in what nodes share where they share anything.</summary>
internal static class CacheServices
{
    public static void AddCache(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(settings.Cache);
        services.AddSingleton(all => new TwoLevelCache(
            settings.Cache,
            new CacheSerializers(all),
            all.GetRequiredService<TimeProvider>(),
            new Random(),
            all.GetService<ISharedMemory>()
        ));
        services.AddSingleton<HybridCache>(all => all.GetRequiredService<TwoLevelCache>());
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton<ProviderConnectivity>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<CachedAnswers>();
    }
}
