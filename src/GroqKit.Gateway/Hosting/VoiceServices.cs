using GroqKit.Gateway.Api.Voice;
using GroqKit.Gateway.Infrastructure.Configuration;
using GroqKit.Gateway.Infrastructure.Metrics;
using GroqKit.Gateway.Services.Realtime;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;

namespace GroqKit.Gateway.Hosting;

/// <summary>Spoken turns.</summary>
internal static class VoiceServices
{
    public static void AddVoice(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton<IUsageSink, TurnAccounts>();
        services.AddSingleton<ITurnTimes, VoiceMetrics>();
        services.AddSingleton<VoiceConversations>();
        services.AddSingleton<RunningTurns>();
        services.AddSingleton(settings.KeptTurns);
        services.AddSingleton<KeptTurns>();
        services.AddSingleton<EndedTurns>();
        services.AddSingleton<VoicePeople>();
        services.AddSingleton<VoiceStages>();
        services.AddSingleton<TurnStarter>();
        services.AddSingleton<VoiceDelivery>();
        services.AddSingleton<VoiceCalls>();
        services.AddSingleton<KeptTurnCalls>();
        services.AddSingleton<VoiceTurnCalls>();
        services.AddSingleton<RealtimeCalls>();
        services.AddSingleton<ClientSecrets>();
        services.AddSingleton<ClientSecretCalls>();
        services.AddSingleton<ClientSecretDoor>();
    }
}
