using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Keys;
using Microsoft.AspNetCore.Http.Features;

namespace GroqKit.Gateway.Dashboard.Own;

/// <summary>
/// Calls the gateway's own routes within the process, as the key that a browser signed in with: what the admin API checks, permits and
/// writes into the audit log, it does for the dashboard too, and nothing of it exists twice.
/// </summary>
internal sealed class OwnCalls(OwnRoutes routes, LentKeys lent, IServiceProvider services)
{
    /// <param name="key">Who asks.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="address">Path and query.</param>
    /// <param name="json">The body; empty for none.</param>
    /// <param name="version">The version that must not have changed; null for any.</param>
    /// <param name="cancelled">The browser has gone.</param>
    /// <exception cref="InvalidOperationException">There is no such route.</exception>
    public async Task<OwnAnswer> SendAsync(
        ValidKey key,
        string method,
        string address,
        ReadOnlyMemory<byte> json,
        string? version,
        CancellationToken cancelled
    )
    {
        using LentKeys.Loan loan = lent.Lend(key);
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancelled };
        int query = address.IndexOf('?', StringComparison.Ordinal);
        HttpRequest request = context.Request;
        request.Method = method;
        request.Scheme = "http";
        request.Path = PathString.FromUriComponent(query < 0 ? address : address[..query]);
        request.QueryString = new QueryString(query < 0 ? null : address[query..]);
        request.Headers.Authorization = "Bearer " + loan.Text;
        if (version is not null)
            request.Headers.IfMatch = $"\"{version}\"";
        if (!json.IsEmpty)
        {
            context.Features.Set<IHttpRequestBodyDetectionFeature>(new OwnBody());
            request.ContentType = "application/json";
            request.ContentLength = json.Length;
            request.Body = new MemoryStream(json.ToArray());
        }
        context.Response.Body = answer;
        RouteEndpoint route =
            routes.Find(method, request.Path, request.RouteValues)
            ?? throw new InvalidOperationException($"There is no route {method} {request.Path}.");
        await route.RequestDelegate!(context);
        await context.Response.CompleteAsync();
        return new OwnAnswer(
            context.Response.StatusCode,
            answer.ToArray(),
            context.Response.Headers[GatewayHeaders.RequestId]
        );
    }
}
