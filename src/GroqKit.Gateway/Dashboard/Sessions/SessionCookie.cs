using System.Net;

namespace GroqKit.Gateway.Dashboard.Sessions;

/// <summary>
/// The cookie that says who has signed in. Scripts can't read it and other sites can't make the browser send it. Over HTTPS its name
/// binds it to this host; without HTTPS there is one only between a browser and a gateway on the same machine.
/// </summary>
internal sealed class SessionCookie(SessionSeal seal)
{
    private const string SecureName = "__Host-groqkit";
    private const string LocalName = "groqkit-session";

    /// <summary>Whether a key may be sent over this connection at all.</summary>
    public static bool IsPrivate(HttpRequest request) => IsSecure(request) || IsLocal(request);

    public Session? Read(HttpRequest request) =>
        request.Cookies[IsSecure(request) ? SecureName : LocalName] is { Length: > 0 } text ? seal.Open(text) : null;

    public static void Write(HttpContext context, string text) =>
        context.Response.Cookies.Append(
            IsSecure(context.Request) ? SecureName : LocalName,
            text,
            Options(context.Request, SessionSeal.Length)
        );

    public static void Remove(HttpContext context) =>
        context.Response.Cookies.Append(
            IsSecure(context.Request) ? SecureName : LocalName,
            "",
            Options(context.Request, TimeSpan.Zero)
        );

    private static CookieOptions Options(HttpRequest request, TimeSpan age) =>
        new()
        {
            HttpOnly = true,
            Secure = IsSecure(request),
            SameSite = SameSiteMode.Strict,
            Path = "/",
            MaxAge = age,
            IsEssential = true,
        };

    // A proxy that ends HTTPS says so. Who lies here only loses the cookie.
    private static bool IsSecure(HttpRequest request) =>
        request.IsHttps
        || string.Equals(request.Headers["X-Forwarded-Proto"], "https", StringComparison.OrdinalIgnoreCase);

    private static bool IsLocal(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
