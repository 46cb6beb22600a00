using System.Collections.Frozen;
using System.Net;

namespace GroqKit.Gateway.Services.Egress;

/// <summary>
/// Which addresses named by users the gateway calls: webhook targets, audio and image addresses, compatible providers. The public
/// internet over https on port 443, and hosts that the operator allows. Checked when an address is stored, and again by address when
/// a connection is made, because a name may lead elsewhere by then.
/// </summary>
internal sealed class EgressRules
{
    private const int MaxLength = 2048;

    // Names that resolvers answer from the machine or the local network.
    private static readonly string[] LocalSuffixes =
    [
        ".localhost",
        ".localdomain",
        ".local",
        ".internal",
        ".intranet",
        ".lan",
        ".home.arpa",
    ];

    private volatile FrozenSet<string> _allowed;
    private readonly bool _loopbackAllowed;

    /// <param name="allowedHosts">Hosts (<c>models.example</c>, any port) or hosts with a port (<c>127.0.0.1:11434</c>) that may be called whatever they resolve to, by http too.</param>
    /// <param name="loopbackAllowed">Whether this machine may be called: for development only.</param>
    public EgressRules(IEnumerable<string> allowedHosts, bool loopbackAllowed)
    {
        _allowed = allowedHosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _loopbackAllowed = loopbackAllowed;
    }

    /// <summary>The operator has changed which hosts are allowed: from now on they are these rules'.</summary>
    public void Follow(EgressRules changed) => _allowed = changed._allowed;

    /// <summary>The address as it will be called.</summary>
    /// <exception cref="EgressException">It will not be called.</exception>
    public Uri Check(string address)
    {
        if (address.Length > MaxLength)
            throw new EgressException($"is longer than {MaxLength} characters");
        // Parsers differ in what they strip or turn around here, and a difference between two parsers is a way past one of them.
        if (address.AsSpan().ContainsAnyExceptInRange('!', '~') || address.Contains('\\', StringComparison.Ordinal))
            throw new EgressException("holds a space, a backslash or a character outside ASCII");
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri))
            throw new EgressException("is not an absolute address");
        Check(uri);
        return uri;
    }

    /// <inheritdoc cref="Check(string)"/>
    public void Check(Uri uri)
    {
        if (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            throw new EgressException("must begin with https://");
        if (uri.UserInfo.Length > 0)
            throw new EgressException("must not hold a user name or password");
        string host = HostOf(uri);
        if (IsExempt(host, uri.Port))
            return;
        if (uri.Scheme != Uri.UriSchemeHttps)
            throw new EgressException("must begin with https://");
        if (uri.Port != 443)
            throw new EgressException("must use port 443 or be allowed by the operator");
        if (IPAddress.TryParse(host, out IPAddress? literal))
            Check(literal);
        else
            CheckName(host);
    }

    /// <summary>Whether a host and port are called whatever they resolve to.</summary>
    public bool IsExempt(string host, int port)
    {
        if (_allowed.Contains(host) || _allowed.Contains($"{host}:{port}"))
            return true;
        if (!_loopbackAllowed)
            return false;
        return host == "localhost"
            || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    /// <exception cref="EgressException">The address is not one of the public internet.</exception>
    public static void Check(IPAddress address)
    {
        if (!PublicAddresses.Contains(address))
            throw new EgressException("must lead to the public internet or be allowed by the operator");
    }

    /// <summary>The host without brackets and without the trailing dot that resolvers ignore.</summary>
    public static string HostOf(Uri uri)
    {
        string host = uri.IdnHost.TrimStart('[').TrimEnd(']').ToLowerInvariant();
        return host.EndsWith('.') ? host[..^1] : host;
    }

    private static void CheckName(string host)
    {
        if (host.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '.' or '_')))
            throw new EgressException("has a host that is not a name of letters, digits and hyphens");
        int lastDot = host.LastIndexOf('.');
        if (lastDot <= 0 || host.Contains("..", StringComparison.Ordinal))
            throw new EgressException("must name a host of the public internet");
        if (LocalSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.Ordinal)))
            throw new EgressException("must lead to the public internet or be allowed by the operator");
        // A name that ends in a number is an IPv4 address to browsers and to some resolvers, in octal or hexadecimal too.
        if (char.IsAsciiDigit(host[lastDot + 1]))
            throw new EgressException("has a host that is neither a name nor an address in the usual spelling");
    }
}
