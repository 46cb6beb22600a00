using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/end-users</c>: the people on whose behalf callers call, named by <c>?user=</c>.</summary>
internal sealed class EndUserEndpoints(EndUserAdministration users)
{
    private const string Path = "/api/end-users";

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var users = app.ServiceProvider.GetRequiredService<EndUserEndpoints>();
        new AdminMap(app, pipeline, "Privacy")
            .Get<EndUserView>(
                Path,
                Scopes.Privacy,
                "Exports what is stored of one of your users (?user=).",
                users.ExportAsync
            )
            .Act<ErasedView>(
                Path + "/erase",
                Scopes.Privacy,
                "Erases one of your users (?user=); accounts stay and no longer say whose they were.",
                users.EraseAsync
            );
    }

    private async Task ExportAsync(AdminCall call) =>
        await call.AnswerAsync(
            StatusCodes.Status200OK,
            await users.ExportAsync(call.Actor, UserOf(call), call.Cancelled),
            AdminJson.Default.EndUserView
        );

    private async Task EraseAsync(AdminCall call) =>
        await call.AnswerAsync(
            StatusCodes.Status200OK,
            await users.EraseAsync(call.Actor, UserOf(call), call.Cancelled),
            AdminJson.Default.ErasedView
        );

    private static string UserOf(AdminCall call) =>
        CallLabels.Check(call.Query("user"), "user") ?? throw RequestErrors.Missing("user");
}
