using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>Maps routes of the admin API, each with who may use it and what the API document says of it.</summary>
internal sealed class AdminMap(IEndpointRouteBuilder app, AdminPipeline pipeline, string tag)
{
    public AdminMap Get<TAnswer>(string path, Scopes needed, string summary, Func<AdminCall, Task> handler) =>
        Map<TAnswer>("GET", path, needed, summary, StatusCodes.Status200OK, handler, body: null);

    public AdminMap Post<TBody, TAnswer>(
        string path,
        Scopes needed,
        string summary,
        Func<AdminCall, Task> handler,
        int status = StatusCodes.Status201Created
    ) => Map<TAnswer>("POST", path, needed, summary, status, handler, typeof(TBody));

    public AdminMap Act<TAnswer>(string path, Scopes needed, string summary, Func<AdminCall, Task> handler) =>
        Map<TAnswer>("POST", path, needed, summary, StatusCodes.Status200OK, handler, body: null);

    public AdminMap Put<TBody, TAnswer>(string path, Scopes needed, string summary, Func<AdminCall, Task> handler) =>
        Map<TAnswer>("PUT", path, needed, summary, StatusCodes.Status200OK, handler, typeof(TBody));

    public AdminMap Patch<TBody, TAnswer>(string path, Scopes needed, string summary, Func<AdminCall, Task> handler) =>
        Map<TAnswer>("PATCH", path, needed, summary, StatusCodes.Status200OK, handler, typeof(TBody));

    public AdminMap Delete(string path, Scopes needed, string summary, Func<AdminCall, Task> handler)
    {
        Add("DELETE", path, needed, summary, handler).Produces(StatusCodes.Status204NoContent);
        return this;
    }

    private AdminMap Map<TAnswer>(
        string method,
        string path,
        Scopes needed,
        string summary,
        int status,
        Func<AdminCall, Task> handler,
        Type? body
    )
    {
        RouteHandlerBuilder route = Add(method, path, needed, summary, handler)
            .Produces<TAnswer>(status, "application/json");
        if (body is not null)
            route.WithMetadata(new RequestBodyType(body));
        return this;
    }

    private RouteHandlerBuilder Add(
        string method,
        string path,
        Scopes needed,
        string summary,
        Func<AdminCall, Task> handler
    ) =>
        app.MapMethods(path, [method], (Delegate)pipeline.For(needed, handler))
            .WithMetadata(new RouteAccess(needed))
            .WithTags(tag)
            .WithSummary($"{summary} Needs {string.Join(", ", Permissions.NamesOf(needed))}.");
}
