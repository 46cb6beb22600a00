using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Dashboard.Sessions;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Dashboard.Own;

/// <summary>
/// What the playground's page asks of models: the request goes on to the gateway's own route as it is, with a stand-in for the key in
/// place of the cookie, so that it is limited, metered and streamed like any other.
/// </summary>
internal sealed class PassedCalls(SessionCookie cookies, OwnRoutes routes, LentKeys lent)
{
    /// <summary>Where the playground's calls go.</summary>
    public const string Prefix = "/play";

    private const string TokenHeader = "x-groqkit-form";

    public async Task PassAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        Session? session = cookies.Read(request);
        if (session is null || !SessionSeal.Matches(session, request.Headers[TokenHeader]))
        {
            await ErrorAnswer.WriteAsync(context.Response, RequestErrors.KeyMissing());
            return;
        }
        request.Path = request.Path.Value![Prefix.Length..];
        if (routes.Find(request.Method, request.Path, request.RouteValues) is not { } route)
        {
            await ErrorAnswer.WriteAsync(context.Response, RequestErrors.UnknownPath(request.Method, request.Path));
            return;
        }
        using LentKeys.Loan loan = lent.Lend(session.Key);
        request.Headers.Authorization = "Bearer " + loan.Text;
        request.Headers.Remove("Cookie");
        await route.RequestDelegate!(context);
    }
}
