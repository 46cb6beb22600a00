using GroqKit.Gateway.Services.Origins;

namespace GroqKit.Gateway.Dashboard.Sessions;

/// <summary>Tells what this dashboard's own pages send from what other sites make a browser send.</summary>
internal static class SameOrigin
{
    /// <summary>Every browser of today says where a request comes from; what says nothing isn't let in.</summary>
    public static bool Sent(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (!string.IsNullOrEmpty(site))
            return site == "same-origin";
        return AllowedOrigins.TryParse(request.Headers.Origin, out _, out string authority)
            && AllowedOrigins.IsSame(authority, request.Host);
    }
}
