using GroqKit.Gateway.Api.Idempotency;
using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Idempotency;
using GroqKit.Gateway.Infrastructure.Privacy;
using GroqKit.Gateway.Services.Idempotency;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Privacy.Detection;
using GroqKit.Gateway.Services.Screening;

namespace GroqKit.Gateway.Hosting;

/// <summary>What happens to the words of calls, and to what is kept of people.</summary>
internal static class PrivacyServices
{
    public static void AddPrivacy(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton(settings.Privacy);
        foreach (IPersonalDataDetector detector in PersonalDataScanner.Usual)
            services.AddSingleton(detector);
        services.AddSingleton<PersonalDataScanner>();
        services.AddSingleton<IKeptBodies, KeptBodyTable>();
        services.AddSingleton<FileMasks>();
        services.AddSingleton<IEndUserStore, EndUserTables>();
        services.AddSingleton<ErasureKeeper>();
        services.AddHostedService(all => all.GetRequiredService<ErasureKeeper>());
        services.AddSingleton<IIdempotencyStore, IdempotencyTable>();
        services.AddSingleton<IdempotentCalls>();
        services.AddSingleton<Screener>();
        services.AddSingleton<InputGuard>();
    }
}
