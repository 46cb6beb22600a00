using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>The addresses of spoken turns.</summary>
internal static class VoiceRoutes
{
    private const string Turns = $"/v1/agents/{{{VoiceCalls.AgentValue}}}/voice";
    private const string Turn = $"{Turns}/{{{VoiceCalls.TurnValue}}}";
    private const string Interruption = $"{Turn}/interrupt";
    private const string ToolResult = $"{Turn}/tools/{{{VoiceCalls.CallValue}}}";
    private const string Realtime = "/v1/realtime";
    private const string Secrets = Realtime + "/client_secrets";

    public const Scopes Needed = Scopes.Chat | Scopes.Audio;

    public static void MapVoice(this IEndpointRouteBuilder app)
    {
        var pipeline = app.ServiceProvider.GetRequiredService<CallPipeline>();
        var voice = app.ServiceProvider.GetRequiredService<VoiceCalls>();
        var turns = app.ServiceProvider.GetRequiredService<VoiceTurnCalls>();
        var realtime = app.ServiceProvider.GetRequiredService<RealtimeCalls>();
        app.Map(pipeline, "POST", Turns, voice.HandleAsync);
        app.Map(pipeline, "GET", Turn, turns.FindAsync);
        app.Map(pipeline, "POST", Interruption, turns.InterruptAsync);
        app.Map(pipeline, "POST", ToolResult, turns.AnswerToolAsync);
        app.Map(pipeline, "GET", Realtime, realtime.HandleAsync);
        app.Map(pipeline, "POST", Secrets, app.ServiceProvider.GetRequiredService<ClientSecretCalls>().HandleAsync);
    }

    private static void Map(
        this IEndpointRouteBuilder app,
        CallPipeline pipeline,
        string method,
        string path,
        Func<Exchange, Task> handler
    )
    {
        RequestDelegate call = pipeline.Authenticated(Operation.Voice, Needed, handler);
        // Only here: the middleware costs something for every request that passes it.
        if (path == Realtime)
        {
            IApplicationBuilder sockets = app.CreateApplicationBuilder().UseWebSockets();
            sockets.Run(app.ServiceProvider.GetRequiredService<ClientSecretDoor>().Before(call));
            call = sockets.Build();
        }
        app.MapMethods(path, [method], call).WithMetadata(new RouteAccess(Needed));
        app.Map(
                path,
                pipeline.Refusing(request =>
                {
                    request.HttpContext.Response.Headers.Allow = method;
                    return RequestErrors.WrongMethod(request.Method, request.Path, method);
                })
            )
            .WithMetadata(RouteAccess.Refusal);
    }
}
