using System.Net;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads how to reach Groq from the environment.</summary>
internal static class GroqSettings
{
    private const string KeyPath = "GROQ_API_KEY";
    private const string BaseUrlPath = "GROQ_BASE_URL";
    private const string HostPath = "GROQ_HOST";
    private const string DefaultAddress = "https://api.groq.com";

    /// <summary>The provider, or null where the embedded simulator is to stand in, which only Development allows.</summary>
    public static Provider? Read(SettingsReader reader, IHostEnvironment environment)
    {
        string path = reader.Text(BaseUrlPath) is null && reader.Text(HostPath) is not null ? HostPath : BaseUrlPath;
        string? address = reader.Text(path);
        Uri? root = Root(reader, path, address ?? DefaultAddress);
        if (reader.Text(KeyPath) is null)
        {
            if (address is not null)
                reader.Fail(KeyPath, $"is not set although {path} is; a simulator takes any key");
            else if (!environment.IsDevelopment())
                reader.Fail(
                    KeyPath,
                    $"is not set, and the simulator only stands in for Groq in Development (this is {environment.EnvironmentName})"
                );
            return null;
        }
        string? key = reader.Secret(KeyPath, 1, 512);
        return key is null || root is null ? null : new Provider("groq", root, "Bearer " + key, Simulated: false);
    }

    /// <summary>The root with <c>/openai/v1/</c>, whether or not the address has it or <c>/v1</c>.</summary>
    private static Uri? Root(SettingsReader reader, string path, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            reader.Fail(path, $"'{address}' is not an http or https address");
        else if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            reader.Fail(path, "must not have a user, a query or a fragment");
        else if (uri.Scheme == "http" && !IsLoopback(uri))
            reader.Fail(path, $"'{address}' must be https; plain http is for loopback addresses only");
        else
            return Complete(uri);
        return null;
    }

    private static Uri Complete(Uri uri)
    {
        string prefix = uri.AbsolutePath.TrimEnd('/');
        foreach (string tail in (ReadOnlySpan<string>)["/v1", "/openai"])
        {
            if (prefix.EndsWith(tail, StringComparison.Ordinal))
                prefix = prefix[..^tail.Length];
        }
        return new Uri(uri, prefix + "/openai/v1/");
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost"
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
