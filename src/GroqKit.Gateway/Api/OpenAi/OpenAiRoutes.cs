using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>The OpenAI-compatible addresses, under both roots that clients know.</summary>
internal static class OpenAiRoutes
{
    private static readonly string[] Roots = ["/v1", "/openai/v1"];

    public static void MapOpenAi(this IEndpointRouteBuilder app)
    {
        var pipeline = app.ServiceProvider.GetRequiredService<CallPipeline>();
        var chat = app.ServiceProvider.GetRequiredService<ChatCompletions>();
        var models = app.ServiceProvider.GetRequiredService<Models>();
        app.MapCall(pipeline, "POST", "/chat/completions", Operation.Chat, Scopes.Chat, chat.HandleAsync);
        app.MapCall(pipeline, "GET", "/models", Operation.Models, Scopes.Models, models.ListAsync);
        app.MapCall(
            pipeline,
            "GET",
            $"/models/{{**{Models.IdValue}}}",
            Operation.Models,
            Scopes.Models,
            models.GetAsync
        );
        app.MapFallback(pipeline.Refusing(request => RequestErrors.UnknownPath(request.Method, request.Path)))
            .WithMetadata(RouteAccess.Refusal);
    }

    private static void MapCall(
        this IEndpointRouteBuilder app,
        CallPipeline pipeline,
        string method,
        string path,
        string operation,
        Scopes needed,
        Func<Exchange, Task> handler
    )
    {
        RequestDelegate call = pipeline.Authenticated(operation, needed, handler);
        RequestDelegate wrongMethod = pipeline.Refusing(request =>
        {
            request.HttpContext.Response.Headers.Allow = method;
            return RequestErrors.WrongMethod(request.Method, request.Path, method);
        });
        foreach (string root in Roots)
        {
            app.MapMethods(root + path, [method], call).WithMetadata(new RouteAccess(needed));
            app.Map(root + path, wrongMethod).WithMetadata(RouteAccess.Refusal);
        }
    }
}
