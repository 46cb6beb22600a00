using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace GroqKit.Gateway.Services.Origins;

/// <summary>
/// Which sites' pages may open a socket here. A browser opens one to anywhere and says only from where it comes, so that here is decided who is
/// let in; what is no browser says nothing. Immutable.
/// </summary>
/// <param name="listed">Origins in the form of <see cref="TryParse"/>.</param>
internal sealed class AllowedOrigins(IEnumerable<string> listed)
{
    private readonly FrozenSet<string> _listed = listed.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request may come from there: from no page, from a page of this host, or from one that is listed.</summary>
    /// <param name="origin">The header <c>Origin</c>.</param>
    /// <param name="host">The host that was asked.</param>
    public bool Permit(StringValues origin, HostString host) =>
        origin.Count == 0
        || (
            origin.Count == 1
            && TryParse(origin[0], out string known, out string authority)
            && (_listed.Contains(known) || IsSame(authority, host))
        );

    /// <summary>Whether a page of that authority is this host's own. The scheme is not compared: a proxy may have taken it off.</summary>
    public static bool IsSame(string authority, HostString host) =>
        string.Equals(authority, host.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads scheme, host and port, and refuses everything that has more or less: <c>null</c>, paths, patterns.</summary>
    public static bool TryParse(string? text, out string origin, out string authority)
    {
        origin = authority = "";
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            || address.Scheme is not ("https" or "http")
            || address.PathAndQuery != "/"
            || address.Fragment.Length > 0
            || address.UserInfo.Length > 0
            || text.EndsWith('/')
            || text.Contains('*')
        )
            return false;
        string name = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        authority = address.IsDefaultPort ? name : $"{name}:{address.Port}";
        origin = $"{address.Scheme}://{authority}";
        return true;
    }
}
