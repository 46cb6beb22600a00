using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>What operators do when a provider has a bad night: <c>/api/providers/{name}/disable</c>, <c>enable</c>, <c>share</c> and <c>move</c>.</summary>
internal sealed class TrafficEndpoints(TrafficAdministration traffic)
{
    private const int MaxModels = 200;

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var traffic = app.ServiceProvider.GetRequiredService<TrafficEndpoints>();
        new AdminMap(app, pipeline, "Providers")
            .Get<ShareView>(
                "/api/providers/{name}/share",
                Scopes.ProvidersRead,
                "Shows how many of the calls meant for a provider it gets.",
                async call => await AnswerAsync(call, await traffic.GetAsync(call))
            )
            .Post<ShareBody, ShareView>(
                "/api/providers/{name}/share",
                Scopes.ProvidersWrite,
                "Gives a provider a share of its calls; a conversation stays on its side.",
                traffic.ShareAsync,
                StatusCodes.Status200OK
            )
            .Act<ShareView>(
                "/api/providers/{name}/disable",
                Scopes.ProvidersWrite,
                "Switches a provider off on all nodes within 5 s; calls go to the next of their chain.",
                call => traffic.SetAsync(call, 0)
            )
            .Act<ShareView>(
                "/api/providers/{name}/enable",
                Scopes.ProvidersWrite,
                "Switches a provider on again.",
                call => traffic.SetAsync(call, ProviderShares.All)
            )
            .Post<MoveBody, MoveView>(
                "/api/providers/{name}/move",
                Scopes.ProvidersWrite | Scopes.AgentsWrite,
                "Moves all agents to another provider; dryRun: true only shows what would change.",
                traffic.MoveAsync,
                StatusCodes.Status200OK
            );
    }

    private Task<ShareView> GetAsync(AdminCall call) =>
        traffic.ShareAsync(call.Actor, call.Value("name"), call.Cancelled);

    private async Task SetAsync(AdminCall call, int percent) =>
        await AnswerAsync(call, await traffic.SetShareAsync(call.Actor, call.Value("name"), percent, call.Cancelled));

    private async Task ShareAsync(AdminCall call)
    {
        await GetAsync(call);
        JsonInput body = (await call.ReadAsync()).Only("percent");
        await SetAsync(call, body.Whole("percent", 0, ProviderShares.All) ?? throw RequestErrors.Missing("percent"));
    }

    private async Task MoveAsync(AdminCall call)
    {
        string name = call.Value("name");
        await GetAsync(call);
        JsonInput body = (await call.ReadAsync()).Only("to", "models", "dryRun");
        string to = body.RequiredText("to", RecordName.MaxLength);
        if (to == name)
            throw RequestErrors.WrongValue("to", "is the provider itself");
        var request = new MoveRequest(to, ReadModels(body), body.Truth("dryRun") ?? false);
        await call.AnswerAsync(
            StatusCodes.Status200OK,
            await traffic.MoveAsync(call.Actor, name, request, call.Cancelled),
            AdminJson.Default.MoveView
        );
    }

    private static Dictionary<string, string> ReadModels(JsonInput body)
    {
        var models = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.Object("models") is not { } named)
            return models;
        foreach (string before in named.WithoutDuplicates().Names(MaxModels))
        {
            string after = named.RequiredText(before, ModelName.MaxLength);
            if (!ModelName.IsWellFormed(after))
                throw RequestErrors.WrongValue(named.PathOf(before), "is not a model name");
            models[before] = after;
        }
        return models;
    }

    private static Task AnswerAsync(AdminCall call, ShareView view) =>
        call.AnswerAsync(StatusCodes.Status200OK, view, AdminJson.Default.ShareView);
}
