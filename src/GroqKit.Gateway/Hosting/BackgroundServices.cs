using System.Security.Cryptography;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Services.Jobs;

namespace GroqKit.Gateway.Hosting;

/// <summary>What the gateway does besides answering: jobs, webhooks, keeping in step with providers.</summary>
internal static class BackgroundServices
{
    public static void AddBackground(this IServiceCollection services)
    {
        services.AddJobs();
    }

    private static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton(_ => new JobBackoff(Randomness));
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobTable>();
        services.AddSingleton<IJobStore>(all => all.GetRequiredService<JobTable>());
        services.AddHostedService<JobWorker>();
    }

    private static double Randomness() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;
}
