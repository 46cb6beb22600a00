using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/providers</c>.</summary>
internal sealed class ProviderEndpoints(ProviderAdministration providers)
{
    private const int MaxUrl = 2048;
    private const int MaxKey = 512;
    private const int MaxRetries = 10;
    private const int MaxTimeoutSeconds = 3600;

    // What stands before a slash in a model's name and is no provider.
    private const string Reserved = "agent";

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var providers = app.ServiceProvider.GetRequiredService<ProviderEndpoints>();
        new AdminMap(app, pipeline, "Providers")
            .Get<Page<ProviderView>>(
                "/api/providers",
                Scopes.ProvidersRead,
                "Lists the providers that serve you.",
                providers.ListAsync
            )
            .Post<ProviderBody, ProviderView>(
                "/api/providers",
                Scopes.ProvidersWrite,
                "Makes a provider.",
                providers.CreateAsync
            )
            .Get<ProviderView>("/api/providers/{name}", Scopes.ProvidersRead, "Shows a provider.", providers.GetAsync)
            .Put<ProviderBody, ProviderView>(
                "/api/providers/{name}",
                Scopes.ProvidersWrite,
                "Sets a provider; without apiKey it keeps the one it has.",
                providers.UpdateAsync
            )
            .Delete("/api/providers/{name}", Scopes.ProvidersWrite, "Removes a provider.", providers.DeleteAsync)
            .Act<ProviderCheck>(
                "/api/providers/{name}/validate",
                Scopes.ProvidersWrite,
                "Calls a provider once, to see whether address and key are right.",
                providers.CheckAsync
            );
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize();
        string? after = call.Query("after");
        ProviderView[] found =
        [
            .. (await providers.ListAsync(call.Actor, call.Cancelled)).Where(provider =>
                after is null || string.CompareOrdinal(provider.Name, after) > 0
            ),
        ];
        var page = Page<ProviderView>.Of(found, count, provider => provider, provider => provider.Name);
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageProviderView);
    }

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, 200, await providers.GetAsync(call.Actor, call.Value("name"), call.Cancelled));

    private async Task CreateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only(
            "name",
            "kind",
            "baseUrl",
            "apiKey",
            "maxRetries",
            "timeoutSeconds"
        );
        string name = body.RequiredText("name", RecordName.MaxLength);
        if (!RecordName.IsWellFormed(name))
            throw RequestErrors.WrongValue("name", RecordName.Rule);
        if (name == Reserved)
            throw RequestErrors.WrongValue("name", "is what agents' names begin with");
        ProviderConfiguration provider = await providers.CreateAsync(
            call.Actor,
            name,
            Read(body, KindOf(body) ?? throw RequestErrors.Missing("kind")),
            call.Cancelled
        );
        call.Context.Response.Headers.Location = $"/api/providers/{name}";
        await AnswerAsync(call, 201, ProviderView.Own(provider));
    }

    private async Task UpdateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only(
            "name",
            "kind",
            "baseUrl",
            "apiKey",
            "maxRetries",
            "timeoutSeconds"
        );
        string name = call.Value("name");
        if (body.Text("name", RecordName.MaxLength) is { } other && other != name)
            throw RequestErrors.WrongValue("name", "can't be changed");
        ProviderConfiguration provider = await providers.UpdateAsync(
            call.Actor,
            name,
            call.ExpectedVersion(),
            before => Read(body, KindOf(body) ?? before.Kind),
            call.Cancelled
        );
        await AnswerAsync(call, 200, ProviderView.Own(provider));
    }

    private async Task DeleteAsync(AdminCall call)
    {
        await providers.DeleteAsync(call.Actor, call.Value("name"), call.ExpectedVersion(), call.Cancelled);
        await call.AnswerNothingAsync();
    }

    private async Task CheckAsync(AdminCall call) =>
        await call.AnswerAsync(
            StatusCodes.Status200OK,
            await providers.CheckAsync(call.Actor, call.Value("name"), call.Cancelled),
            AdminJson.Default.ProviderCheck
        );

    private static Task AnswerAsync(AdminCall call, int status, ProviderView view) =>
        call.AnswerAsync(status, view, AdminJson.Default.ProviderView, view.Version);

    private static ProviderKind? KindOf(JsonInput body) =>
        body.Choice("kind", ProviderKinds.All) is { } kind ? ProviderKinds.Parse(kind) : null;

    private static ProviderRequest Read(JsonInput body, ProviderKind kind) =>
        new(
            kind,
            body.Text("baseUrl", MaxUrl),
            ReadKey(body),
            KeepKey: !body.Has("apiKey"),
            body.Whole("maxRetries", 0, MaxRetries) ?? ProviderConfiguration.DefaultMaxRetries,
            body.Whole("timeoutSeconds", 1, MaxTimeoutSeconds) ?? ProviderConfiguration.DefaultTimeoutSeconds
        );

    // It will stand in a header.
    private static string? ReadKey(JsonInput body)
    {
        if (body.Text("apiKey", MaxKey) is not { } key)
            return null;
        if (key.Length == 0)
            throw RequestErrors.WrongValue("apiKey", "is empty; leave it out or send null for none");
        return key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw RequestErrors.WrongValue("apiKey", "holds a space or a character outside ASCII")
            : key;
    }
}
