using System.Collections.Concurrent;

namespace GroqKit.Tests.Chat;

/// <summary>A transport in memory, safe for many calls at once, that remembers what was sent.</summary>
internal sealed class EchoHandler : HttpMessageHandler
{
    public ConcurrentBag<string> Bodies { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        return new HttpResponseMessage { Content = new StringContent("{}") };
    }
}
