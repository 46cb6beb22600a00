using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>Starts a provider that answers as the test says.</summary>
internal static class ScriptedProvider
{
    public static Task<LoopbackServer> StartAsync(RequestDelegate answer) =>
        LoopbackServer.StartAsync(answer, cancellationToken: TestContext.Current.CancellationToken);
}
