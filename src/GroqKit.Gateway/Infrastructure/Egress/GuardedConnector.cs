using System.Net;
using System.Net.Sockets;
using GroqKit.Gateway.Services.Egress;

namespace GroqKit.Gateway.Infrastructure.Egress;

/// <summary>
/// Opens connections to addresses that users named. The name is resolved once, every address it has is checked, and the connection goes
/// to a checked address: a name server that answers differently the second time is never asked a second time.
/// </summary>
internal sealed class GuardedConnector(EgressRules rules, IHostResolver resolver)
{
    public async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context,
        CancellationToken cancellationToken
    )
    {
        DnsEndPoint target = context.DnsEndPoint;
        IPAddress[] addresses = await ResolveAsync(target.Host, cancellationToken).ConfigureAwait(false);
        if (!rules.IsExempt(target.Host.TrimEnd('.'), target.Port))
        {
            foreach (IPAddress address in addresses)
                EgressRules.Check(address);
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
            return [literal];
        IPAddress[] addresses = await resolver.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }
}
