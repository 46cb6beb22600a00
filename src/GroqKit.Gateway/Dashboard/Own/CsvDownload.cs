using GroqKit.Gateway.Dashboard.Rendering;
using GroqKit.Gateway.Dashboard.Sessions;

namespace GroqKit.Gateway.Dashboard.Own;

/// <summary>The calls of the usage page as comma-separated values, by the admin API's own report.</summary>
internal sealed class CsvDownload(SessionCookie cookies, OwnCalls own)
{
    public const string Route = "/usage.csv";

    public async Task SendAsync(HttpContext context)
    {
        SecurityHeaders.Set(context.Response);
        if (cookies.Read(context.Request) is not { } session)
        {
            context.Response.Redirect(SignIn.Path);
            return;
        }
        string query = context.Request.QueryString.Add("format", "csv").ToUriComponent();
        OwnAnswer answer = await own.SendAsync(
            session.Key,
            "GET",
            "/api/usage" + query,
            default,
            version: null,
            context.RequestAborted
        );
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.IsSuccess ? "text/csv; charset=utf-8" : "application/json";
        if (answer.IsSuccess)
            context.Response.Headers.ContentDisposition = "attachment; filename=\"usage.csv\"";
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
