using System.Buffers;
using System.Text;
using GroqKit.Gateway.Dashboard.Forms;
using GroqKit.Gateway.Dashboard.Parts;
using GroqKit.Gateway.Dashboard.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GroqKit.Gateway.Dashboard.Rendering;

/// <summary>Makes a page and sends it whole.</summary>
internal sealed class PageRenderer(ILoggerFactory loggers)
{
    public async Task SendAsync(
        HttpContext context,
        PageRoute page,
        Session? session,
        PostedForm? posted = null,
        int status = StatusCodes.Status200OK,
        IReadOnlyDictionary<string, object?>? values = null
    )
    {
        context.RequestServices.GetRequiredService<Visit>().Begin(context, session, posted);
        await using var renderer = new HtmlRenderer(context.RequestServices, loggers);
        byte[] html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = new StringWriter();
            var root = await renderer.RenderComponentAsync<Document>(
                ParameterView.FromDictionary(
                    new Dictionary<string, object?>(StringComparer.Ordinal)
                    {
                        [nameof(Document.Page)] = page.Component,
                        [nameof(Document.Title)] = page.Title,
                        [nameof(Document.Values)] = values ?? ValuesOf(context),
                    }
                )
            );
            root.WriteHtmlTo(output);
            return Encoding.UTF8.GetBytes(output.ToString());
        });
        SecurityHeaders.Set(context.Response);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = html.Length;
        context.Response.BodyWriter.Write(html);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    // What stands in the address is a parameter of the page with the same name.
    private static Dictionary<string, object?> ValuesOf(HttpContext context) =>
        context.Request.RouteValues.ToDictionary(
            value => char.ToUpperInvariant(value.Key[0]) + value.Key[1..],
            value => (object?)Uri.UnescapeDataString(value.Value?.ToString() ?? ""),
            StringComparer.Ordinal
        );
}
