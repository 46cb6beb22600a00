using System.Net;
using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads a provider's address from the environment, which is the operator's word: any host, but plain http on loopback only.</summary>
internal static class ProviderAddress
{
    /// <summary>The complete address, whether or not the kind's path is in it; null after an error was noted.</summary>
    public static Uri? Read(SettingsReader reader, string path, string address, ProviderKind kind)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            reader.Fail(path, $"'{address}' is not an http or https address");
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            reader.Fail(path, "must not have a user, a query or a fragment");
        else if (uri.Scheme == "http" && !IsLoopback(uri))
            reader.Fail(path, $"'{address}' must be https; plain http is for loopback addresses only");
        else
            return ProviderKinds.Complete(kind, uri);
        return null;
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost"
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
