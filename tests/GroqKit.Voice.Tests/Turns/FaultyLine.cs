using System.Net;
using System.Net.Sockets;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>The line to a simulated provider: tells the simulator what is to go wrong with each call; what can't be told, it does itself.</summary>
/// <param name="faultOf">What goes wrong with a call, by its number from 0; null when nothing does.</param>
internal sealed class FaultyLine(Func<int, string?> faultOf) : DelegatingHandler(new SocketsHttpHandler())
{
    public const string Refuse = "refuse";

    /// <summary>200 with something that is none of what was asked for.</summary>
    public const string Other = "other";

    /// <summary>The first word at once, the next after five seconds.</summary>
    public const string SlowTokens = "slow-tokens";

    private int _calls = -1;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        string? fault = faultOf(Interlocked.Increment(ref _calls));
        switch (fault)
        {
            case null:
                break;
            case Refuse:
                request.RequestUri = new UriBuilder(request.RequestUri!) { Port = ClosedPort() }.Uri;
                break;
            case Other:
                request.RequestUri = new Uri(request.RequestUri!, "/openai/v1/models");
                request.Method = HttpMethod.Get;
                request.Content = null;
                break;
            case SlowTokens:
                request.Headers.Add("x-sim-tokens-per-second", "0.2");
                break;
            default:
                request.Headers.Add("x-sim-fault", fault);
                break;
        }
        return base.SendAsync(request, cancellationToken);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
