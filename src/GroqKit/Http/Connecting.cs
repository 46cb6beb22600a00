using System.Net;
using System.Net.Sockets;

namespace GroqKit.Http;

/// <summary>Opens connections as the platform does, and tells the request for which one is opened how far it is.</summary>
/// <param name="resolve">Finds the addresses of a name.</param>
internal sealed class Connecting(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken token)
    {
        var request = context.InitialRequestMessage as TimedRequest;
        DnsEndPoint server = context.DnsEndPoint;
        IPAddress[] addresses;
        if (IPAddress.TryParse(server.Host, out IPAddress? address))
        {
            addresses = [address];
        }
        else
        {
            Enter(request, TimeoutPhase.NameResolution);
            addresses = await resolve(server.Host, token).ConfigureAwait(false);
        }
        Enter(request, TimeoutPhase.Connect);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, server.Port, token).ConfigureAwait(false);
            bool isSecure = request?.RequestUri?.Scheme == Uri.UriSchemeHttps;
            Enter(request, isSecure ? TimeoutPhase.TlsHandshake : TimeoutPhase.Headers);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The connection is open and, where it should be, encrypted.</summary>
    public static ValueTask<Stream> OpenedAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken _)
    {
        Enter(context.InitialRequestMessage as TimedRequest, TimeoutPhase.Headers);
        return new ValueTask<Stream>(context.PlaintextStream);
    }

    private static void Enter(TimedRequest? request, TimeoutPhase phase)
    {
        if (request is not null)
            request.Phase = phase;
    }
}
