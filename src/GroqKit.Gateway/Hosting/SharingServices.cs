using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Redis;
using GroqKit.Gateway.Services.Sharing;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Hosting;

/// <summary>What nodes share beside the database.</summary>
internal static class SharingServices
{
    /// <summary>Registers the shared memory where there is one; who can do without it asks for it as an optional service.</summary>
    public static void AddSharing(this IServiceCollection services, GatewaySettings settings)
    {
        if (settings.Redis is { } address)
        {
            services.AddSingleton(address);
            services.AddSingleton<RedisConnection>();
            services.AddHostedService(all => all.GetRequiredService<RedisConnection>());
            services.AddSingleton<ISharedMemory, RedisSharedMemory>();
            services.AddSingleton<IChangeSignal, SharedChangeSignal>();
        }
        else if (settings.Database.Dialect == Dialect.Postgres)
        {
            services.AddSingleton(settings.Database);
            services.AddSingleton<PostgresChangeSignal>();
            services.AddHostedService(all => all.GetRequiredService<PostgresChangeSignal>());
            services.AddSingleton<IChangeSignal>(all => all.GetRequiredService<PostgresChangeSignal>());
        }
    }
}
