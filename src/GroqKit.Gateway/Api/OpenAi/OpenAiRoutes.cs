using GroqKit.Gateway.Api.OpenAi.Audio;
using GroqKit.Gateway.Api.OpenAi.Batches;
using GroqKit.Gateway.Api.OpenAi.Completions;
using GroqKit.Gateway.Api.OpenAi.Files;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Api.OpenAi.Models;
using GroqKit.Gateway.Api.OpenAi.Responses;
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
        IServiceProvider all = app.ServiceProvider;
        var pipeline = all.GetRequiredService<CallPipeline>();
        foreach (IGrouping<string, CallRoute> path in Routes(all).GroupBy(route => route.Path))
            app.MapPath(pipeline, path.Key, [.. path]);
        app.MapFallback(pipeline.Refusing(request => RequestErrors.UnknownPath(request.Method, request.Path)))
            .WithMetadata(RouteAccess.Refusal);
    }

    private static IEnumerable<CallRoute> Routes(IServiceProvider all)
    {
        var chat = all.GetRequiredService<ChatCompletions>();
        var json = all.GetRequiredService<JsonCalls>();
        var models = all.GetRequiredService<ModelCalls>();
        var hearing = all.GetRequiredService<HearingCalls>();
        var files = all.GetRequiredService<FileCalls>();
        var batches = all.GetRequiredService<BatchCalls>();
        const string File = $"/files/{{{FileCalls.IdValue}}}";
        const string Batch = $"/batches/{{{BatchCalls.IdValue}}}";
        return
        [
            new("POST", "/chat/completions", Operation.Chat, Scopes.Chat, chat.HandleAsync),
            new(
                "POST",
                "/completions",
                Operation.Completions,
                Scopes.Chat,
                json.Handler(all.GetRequiredService<CompletionCalls>())
            ),
            new(
                "POST",
                "/responses",
                Operation.Responses,
                Scopes.Chat,
                json.Handler(all.GetRequiredService<ResponseCalls>())
            ),
            new(
                "POST",
                "/embeddings",
                Operation.Embeddings,
                Scopes.Chat,
                json.Handler(Plain(all, JsonRoute.Embeddings))
            ),
            new("POST", "/reranking", Operation.Reranking, Scopes.Chat, json.Handler(Plain(all, JsonRoute.Reranking))),
            new("POST", "/audio/transcriptions", Operation.Transcription, Scopes.Audio, hearing.TranscribeAsync),
            new("POST", "/audio/translations", Operation.Translation, Scopes.Audio, hearing.TranslateAsync),
            new(
                "POST",
                "/audio/speech",
                Operation.Speech,
                Scopes.Audio,
                json.Handler(all.GetRequiredService<SpeakingCalls>())
            ),
            new("POST", "/files", Operation.Files, Scopes.Files, files.UploadAsync),
            new("GET", "/files", Operation.Files, Scopes.Files, files.ListAsync),
            new("GET", File, Operation.Files, Scopes.Files, files.GetAsync),
            new("DELETE", File, Operation.Files, Scopes.Files, files.DeleteAsync),
            new("GET", File + "/content", Operation.Files, Scopes.Files, files.ContentAsync),
            new("POST", "/batches", Operation.Batches, Scopes.Files, batches.CreateAsync),
            new("GET", "/batches", Operation.Batches, Scopes.Files, batches.ListAsync),
            new("GET", Batch, Operation.Batches, Scopes.Files, batches.GetAsync),
            new("POST", Batch + "/cancel", Operation.Batches, Scopes.Files, batches.CancelAsync),
            new("GET", "/models", Operation.Models, Scopes.Models, models.ListAsync),
            new("GET", $"/models/{{**{ModelCalls.IdValue}}}", Operation.Models, Scopes.Models, models.GetAsync),
        ];
    }

    private static PlainCalls Plain(IServiceProvider all, JsonRoute route) =>
        ActivatorUtilities.CreateInstance<PlainCalls>(all, route);

    private static void MapPath(
        this IEndpointRouteBuilder app,
        CallPipeline pipeline,
        string path,
        IReadOnlyList<CallRoute> routes
    )
    {
        string methods = string.Join(", ", routes.Select(route => route.Method));
        RequestDelegate wrongMethod = pipeline.Refusing(request =>
        {
            request.HttpContext.Response.Headers.Allow = methods;
            return RequestErrors.WrongMethod(request.Method, request.Path, methods);
        });
        foreach (string root in Roots)
        {
            foreach (CallRoute route in routes)
            {
                RequestDelegate call = pipeline.Authenticated(route.Operation, route.Needed, route.Handler);
                app.MapMethods(root + path, [route.Method], call).WithMetadata(new RouteAccess(route.Needed));
            }
            app.Map(root + path, wrongMethod).WithMetadata(RouteAccess.Refusal);
        }
    }
}
