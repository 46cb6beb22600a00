using System.Globalization;
using StackExchange.Redis;

namespace GroqKit.Gateway.Infrastructure.Redis;

/// <summary>Which Redis to use. Holds a secret; its text doesn't.</summary>
internal sealed class RedisAddress
{
    private const int DefaultPort = 6379;
    private const int MaxDatabase = 1_000_000;

    private readonly ConfigurationOptions _options;

    private RedisAddress(ConfigurationOptions options) => _options = options;

    /// <summary>
    /// Reads <c>redis://[:PASSWORD@]HOST[:PORT][/DATABASE]</c>, <c>rediss://…</c> for an encrypted connection, or
    /// <c>HOST:PORT,password=…,ssl=true,defaultDatabase=…</c> as its .NET driver takes it.
    /// </summary>
    /// <exception cref="FormatException">It is none; the message can follow the setting's name and repeats no value.</exception>
    public static RedisAddress Parse(string text)
    {
        ConfigurationOptions options = text.Contains("://", StringComparison.Ordinal) ? FromUri(text) : FromList(text);
        if (options.EndPoints.Count == 0)
            throw new FormatException("names no host; write redis://HOST:6379 or HOST:6379");
        return new RedisAddress(options);
    }

    /// <summary>What the driver needs, with all that makes it wait or give up set to what we want.</summary>
    public ConfigurationOptions ToOptions()
    {
        ConfigurationOptions options = _options.Clone();
        options.AbortOnConnectFail = false;
        options.ConnectRetry = 1;
        options.ConnectTimeout = 2_000;
        options.SyncTimeout = 2_000;
        options.KeepAlive = 5;
        options.ReconnectRetryPolicy = new LinearRetry(500);
        options.ClientName ??= "groqkit-gateway";
        return options;
    }

    /// <summary>Hosts and ports, for people.</summary>
    public override string ToString() => string.Join(", ", _options.EndPoints.Select(EndPointCollection.ToString));

    private static ConfigurationOptions FromList(string text)
    {
        try
        {
            return ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException malformed)
        {
            // The driver's own messages can hold the text that it doesn't understand.
            throw new FormatException(
                "is not a Redis address; write redis://HOST:6379 or HOST:6379,password=…,ssl=true",
                malformed
            );
        }
    }

    private static ConfigurationOptions FromUri(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || uri.Scheme is not ("redis" or "rediss")
            || uri.Host.Length == 0
            || uri.Query.Length > 0
            || uri.Fragment.Length > 0
        )
            throw new FormatException("is not a Redis address; write redis://[:PASSWORD@]HOST[:PORT][/DATABASE]");
        var options = new ConfigurationOptions { Ssl = uri.Scheme == "rediss" };
        options.EndPoints.Add(uri.DnsSafeHost, uri.IsDefaultPort || uri.Port < 0 ? DefaultPort : uri.Port);
        if (options.Ssl)
            options.SslHost = uri.DnsSafeHost;
        if (uri.UserInfo.Length > 0)
            options.Password = Password(uri.UserInfo);
        string path = uri.AbsolutePath.Trim('/');
        if (path.Length > 0)
            options.DefaultDatabase =
                int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out int database)
                && database <= MaxDatabase
                    ? database
                    : throw new FormatException("has a path that is not the number of a database");
        return options;
    }

    private static string Password(string userInfo)
    {
        string[] parts = userInfo.Split(':', 2);
        if (parts is not ["" or "default", var password])
            throw new FormatException(
                "names a user; only the default user's password is understood, as in redis://:PASSWORD@HOST"
            );
        return Uri.UnescapeDataString(password);
    }
}
