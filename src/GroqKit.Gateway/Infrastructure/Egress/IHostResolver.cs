using System.Net;

namespace GroqKit.Gateway.Infrastructure.Egress;

/// <summary>Asks for the addresses of a name.</summary>
internal interface IHostResolver
{
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
