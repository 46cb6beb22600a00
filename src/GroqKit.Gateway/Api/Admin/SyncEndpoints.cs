using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/sync</c>.</summary>
internal sealed class SyncEndpoints(SyncAdministration sync)
{
    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var sync = app.ServiceProvider.GetRequiredService<SyncEndpoints>();
        new AdminMap(app, pipeline, "Sync")
            .Get<Page<SyncView>>(
                "/api/sync",
                Scopes.JobsRead,
                "Lists what one node does again and again for all, and how it went.",
                sync.ListAsync
            )
            .Get<SyncView>("/api/sync/{name}", Scopes.JobsRead, "Shows a background task.", sync.GetAsync)
            .Act<SyncView>("/api/sync/{name}/run", Scopes.JobsWrite, "Runs a background task now.", sync.RunAsync);
    }

    private async Task ListAsync(AdminCall call) =>
        await call.AnswerAsync(
            StatusCodes.Status200OK,
            new Page<SyncView>(await sync.ListAsync(call.Actor, call.Cancelled), Next: null),
            AdminJson.Default.PageSyncView
        );

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, await sync.GetAsync(call.Actor, call.Value("name"), call.Cancelled));

    private async Task RunAsync(AdminCall call) =>
        await AnswerAsync(call, await sync.RunAsync(call.Actor, call.Value("name"), call.Cancelled));

    private static Task AnswerAsync(AdminCall call, SyncView task) =>
        call.AnswerAsync(StatusCodes.Status200OK, task, AdminJson.Default.SyncView);
}
