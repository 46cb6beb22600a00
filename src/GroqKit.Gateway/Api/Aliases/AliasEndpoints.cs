using GroqKit.Gateway.Api.Admin;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Aliases;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.Aliases;

/// <summary><c>/api/aliases</c>.</summary>
internal sealed class AliasEndpoints(AliasAdministration aliases)
{
    private static readonly string[] Fields = ["name", "models", "budget", "latencyTargetMs"];

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        const string All = "/api/aliases";
        const string One = All + "/{name}";
        var aliases = app.ServiceProvider.GetRequiredService<AliasEndpoints>();
        new AdminMap(app, pipeline, "Aliases")
            .Get<Page<AliasView>>(All, Scopes.AgentsRead, "Lists the names that stand for models.", aliases.ListAsync)
            .Post<AliasBody, AliasView>(
                All,
                Scopes.AgentsWrite,
                "Makes a name stand for a model, an agent, or several models of which each request finds its own.",
                aliases.CreateAsync
            )
            .Get<AliasView>(One, Scopes.AgentsRead, "Shows what a name stands for.", aliases.GetAsync)
            .Put<AliasBody, AliasView>(One, Scopes.AgentsWrite, "Sets what a name stands for.", aliases.UpdateAsync)
            .Delete(One, Scopes.AgentsWrite, "Takes a name away.", aliases.DeleteAsync);
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize();
        IReadOnlyList<ModelAlias> found = await aliases.ListAsync(
            call.Actor,
            call.Query("after"),
            count + 1,
            call.Cancelled
        );
        var page = Page<AliasView>.Of(found, count, AliasView.Of, alias => alias.Name);
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageAliasView);
    }

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, 200, await aliases.GetAsync(call.Actor, NameOf(call), call.Cancelled));

    private async Task CreateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only(Fields);
        string name = AliasInput.ReadName(body.RequiredText("name", ModelName.MaxLength));
        ModelAlias alias = await aliases.CreateAsync(call.Actor, await ReadAsync(call, body, name), call.Cancelled);
        call.Context.Response.Headers.Location = $"/api/aliases/{Uri.EscapeDataString(name)}";
        await AnswerAsync(call, 201, alias);
    }

    private async Task UpdateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only(Fields);
        string name = NameOf(call);
        if (body.Text("name", ModelName.MaxLength) is { } other && AliasInput.ReadName(other) != name)
            throw RequestErrors.WrongValue("name", "can't be changed");
        ModelAlias alias = await aliases.UpdateAsync(
            call.Actor,
            await ReadAsync(call, body, name),
            call.ExpectedVersion(),
            call.Cancelled
        );
        await AnswerAsync(call, 200, alias);
    }

    private async Task DeleteAsync(AdminCall call)
    {
        await aliases.DeleteAsync(call.Actor, NameOf(call), call.ExpectedVersion(), call.Cancelled);
        await call.AnswerNothingAsync();
    }

    private async Task<ModelAlias> ReadAsync(AdminCall call, JsonInput body, string name) =>
        AliasInput.Read(body, call.Actor.Tenant, name, await aliases.ViewAsync(call.Actor, call.Cancelled));

    // Routing leaves an encoded slash as it came.
    private static string NameOf(AdminCall call) => Uri.UnescapeDataString(call.Value("name")).ToLowerInvariant();

    private static Task AnswerAsync(AdminCall call, int status, ModelAlias alias) =>
        call.AnswerAsync(status, AliasView.Of(alias), AdminJson.Default.AliasView, alias.Version);
}
