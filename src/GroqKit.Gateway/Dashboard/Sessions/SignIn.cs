using GroqKit.Gateway.Dashboard.Forms;
using GroqKit.Gateway.Dashboard.Pages;
using GroqKit.Gateway.Dashboard.Rendering;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Dashboard.Sessions;

/// <summary>Exchanges a key for a session, and ends sessions.</summary>
internal sealed class SignIn(
    SessionCookie cookies,
    SessionSeal seal,
    SignInPace pace,
    PageRenderer renderer,
    CurrentSnapshot current,
    TimeProvider time
)
{
    public const string Path = "/signin";
    public const string OutPath = "/signout";

    private const int MaxForm = 4096;
    private const string KeyField = "key";

    private static readonly PageRoute Page = new(Path, "Sign in", Scopes.None, typeof(SignInPage));

    public Task ShowAsync(HttpContext context) => ShowAsync(context, StatusCodes.Status200OK, problem: null);

    public async Task EnterAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!SessionCookie.IsPrivate(request))
        {
            await ShowAsync(context, 403, "A key is sent only over HTTPS, or from the gateway's own machine.");
            return;
        }
        if (!SameOrigin.Sent(request) || request.ContentLength is null or > MaxForm || !request.HasFormContentType)
        {
            await ShowAsync(context, 403, "The form was not sent by this page. Try again.");
            return;
        }
        if (!seal.IsAvailable)
        {
            await ShowAsync(
                context,
                503,
                "Nodes that share a database need GROQKIT_MASTER_KEY before anybody can sign in."
            );
            return;
        }
        if (!pace.MayTry())
        {
            await ShowAsync(context, 429, "Too many keys that don't exist were tried. Wait a minute.");
            return;
        }
        IFormCollection fields = await request.ReadFormAsync(context.RequestAborted);
        string text = fields[KeyField].ToString().Trim();
        ValidKey? key = text.Length is 0 or > KeyRing.MaxKeyLength ? null : current.Value.Keys.Find(text, text);
        if (key is null || key.ExpiresAt <= time.GetUtcNow())
        {
            pace.Failed();
            string problem =
                text.Length == 0 ? "Paste a key."
                : key is not null ? "This key has expired."
                : KeyFormat.LooksMistyped(text) ? "This is not a whole key: some of it is missing or mistyped."
                : "There is no such key.";
            await ShowAsync(context, 403, problem);
            return;
        }
        SessionCookie.Write(context, seal.Create(key));
        Leave(context, FormCalls.NextOf(fields[FormCalls.NextField].ToString()));
    }

    public async Task ExitAsync(HttpContext context)
    {
        if (cookies.Read(context.Request) is { } session)
        {
            IFormCollection fields = await context.Request.ReadFormAsync(context.RequestAborted);
            if (SameOrigin.Sent(context.Request) && SessionSeal.Matches(session, fields[FormCalls.TokenField]))
                SessionCookie.Remove(context);
        }
        Leave(context, Path);
    }

    private static void Leave(HttpContext context, string next)
    {
        SecurityHeaders.Set(context.Response);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = next;
    }

    private Task ShowAsync(HttpContext context, int status, string? problem) =>
        renderer.SendAsync(
            context,
            Page,
            session: null,
            posted: null,
            status,
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(SignInPage.Problem)] = problem }
        );
}
