using System.Buffers;
using System.Net;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads the hosts that may be called whatever they resolve to; one that could never be met is a typing error.</summary>
internal static class AllowedHosts
{
    private static readonly SearchValues<char> NoHost = SearchValues.Create("/?#@\\ \t");

    public static IEnumerable<string> Read(SettingsReader reader, string path)
    {
        foreach (string host in reader.List(path))
        {
            if (IsHost(host))
                yield return host.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
            else
                reader.Fail(
                    path,
                    $"'{host}' is not a host, or a host and port, such as models.example or 127.0.0.1:11434"
                );
        }
    }

    private static bool IsHost(string host) =>
        IPAddress.TryParse(host, out _)
        || (
            !host.AsSpan().ContainsAny(NoHost)
            && Uri.TryCreate("https://" + host, UriKind.Absolute, out Uri? address)
            && Uri.CheckHostName(address.IdnHost.Trim('[', ']')) != UriHostNameType.Unknown
        );
}
