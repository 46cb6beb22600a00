using System.Data.Common;
using GroqKit.Gateway.Dashboard.Forms;
using GroqKit.Gateway.Dashboard.Own;
using GroqKit.Gateway.Dashboard.Pages;
using GroqKit.Gateway.Dashboard.Sessions;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Dashboard.Rendering;

/// <summary>What every request for a page goes through: the session, what its key permits, a form that came along, and failures.</summary>
internal sealed partial class PageHost(
    SessionCookie cookies,
    FormCalls forms,
    PageRenderer renderer,
    ILogger<PageHost> logger
)
{
    /// <summary>The longest form: the admin API's longest body, with what forms add.</summary>
    public const int MaxFormBytes = 512 * 1024;

    private static readonly PageRoute Trouble = new("", "Something went wrong", Scopes.None, typeof(TroublePage));

    public RequestDelegate Handler(PageRoute page) => context => RunAsync(context, page);

    private async Task RunAsync(HttpContext context, PageRoute page)
    {
        if (cookies.Read(context.Request) is not { } session)
        {
            SecurityHeaders.Set(context.Response);
            string here = context.Request.Path + context.Request.QueryString.ToUriComponent();
            context.Response.Redirect(here == "/" ? SignIn.Path : $"{SignIn.Path}?next={Uri.EscapeDataString(here)}");
            return;
        }
        try
        {
            if (!session.May(page.Needed))
                await ForbidAsync(context, page, session);
            else if (HttpMethods.IsPost(context.Request.Method))
                await PostAsync(context, page, session);
            else
                await renderer.SendAsync(context, page, session);
        }
        catch (RefusedException refused) when (!context.Response.HasStarted)
        {
            await FailAsync(context, session, refused.Error);
        }
        catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Failed(failure, page.Path);
            await FailAsync(context, session, ErrorOf(failure));
        }
    }

    private static GatewayError ErrorOf(Exception failure) =>
        failure is DbException or TimeoutException or StorageException
            ? RequestErrors.StorageUnavailable(failure).Error
            : new GatewayError(
                500,
                ErrorTypes.Server,
                "internal_error",
                "The page could not be made. The gateway's log says why."
            );

    private async Task PostAsync(HttpContext context, PageRoute page, Session session)
    {
        if (context.Request.ContentLength is null or > MaxFormBytes || !context.Request.HasFormContentType)
        {
            await FailAsync(context, session, RequestErrors.TooLarge("a form", MaxFormBytes).Error);
            return;
        }
        IFormCollection fields = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!SameOrigin.Sent(context.Request) || !SessionSeal.Matches(session, fields[FormCalls.TokenField]))
        {
            await FailAsync(
                context,
                session,
                new GatewayError(
                    403,
                    ErrorTypes.InvalidRequest,
                    "foreign_form",
                    "The form was not sent by this page. Load the page again and repeat."
                )
            );
            return;
        }
        (string? next, PostedForm form) = await forms.SendAsync(session, fields, context.RequestAborted);
        if (next is null)
        {
            await renderer.SendAsync(context, page, session, form, form.Refusal?.Status ?? StatusCodes.Status200OK);
            return;
        }
        SecurityHeaders.Set(context.Response);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = next;
    }

    // Whoever may not see the first page has the playground instead.
    private Task ForbidAsync(HttpContext context, PageRoute page, Session session)
    {
        if (page.Path == "/")
        {
            SecurityHeaders.Set(context.Response);
            context.Response.Redirect("/playground");
            return Task.CompletedTask;
        }
        return FailAsync(
            context,
            session,
            RequestErrors.Forbidden(string.Join(", ", Permissions.NamesOf(page.Needed))).Error
        );
    }

    private Task FailAsync(HttpContext context, Session session, GatewayError error) =>
        renderer.SendAsync(
            context,
            Trouble,
            session,
            posted: null,
            error.Status,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(TroublePage.Status)] = error.Status,
                [nameof(TroublePage.Message)] = error.Message,
            }
        );

    [LoggerMessage(1, LogLevel.Error, "The page {Path} could not be made")]
    private partial void Failed(Exception failure, string path);
}
