using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Bench.Gateway;

/// <summary>Kestrel and one delegate: no routing, no logging, no configuration. What is measured above it is the rest.</summary>
internal static class LoopbackHost
{
    public static async Task RunAsync(int port, RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            // Recordings of a gigabyte are among what it is sent.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        await using WebApplication app = builder.Build();
        app.Run(answer);
        await app.RunAsync();
    }
}
