using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Infrastructure.Telemetry;

/// <summary>Gives the server's span its name, route and status, which the server itself leaves out.</summary>
internal static class ServerSpan
{
    public static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        Activity? span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is not { IsAllDataRequested: true })
        {
            await next(context);
            return;
        }
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        span.DisplayName = route.Length == 0 ? context.Request.Method : $"{context.Request.Method} {route}";
        if (route.Length > 0)
            span.SetTag(SpanNames.HttpRoute, route);
        // The server writes down what the caller wrote, which may be a key or a person in the wrong place; the route says enough.
        span.SetTag(SpanNames.UrlPath, value: null);
        try
        {
            await next(context);
        }
        catch (Exception failure)
        {
            // The answer was cut on purpose, or the server is about to answer 500.
            if (span.GetTagItem(SpanNames.ErrorType) is null)
                span.SetTag(SpanNames.ErrorType, failure.GetType().FullName);
            span.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            int status = context.Response.StatusCode;
            span.SetTag(SpanNames.HttpStatus, status);
            if (status >= 500)
            {
                span.SetStatus(ActivityStatusCode.Error);
                if (span.GetTagItem(SpanNames.ErrorType) is null)
                    span.SetTag(SpanNames.ErrorType, status.ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
