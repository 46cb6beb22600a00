using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/webhook-sources</c>.</summary>
internal sealed class WebhookSourceEndpoints(SourceAdministration sources)
{
    private const int MaxSecret = 128;

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var sources = app.ServiceProvider.GetRequiredService<WebhookSourceEndpoints>();
        new AdminMap(app, pipeline, "Webhooks")
            .Get<Page<WebhookSourceView>>(
                "/api/webhook-sources",
                Scopes.WebhooksRead,
                "Lists those whose signed messages are taken.",
                sources.ListAsync
            )
            .Post<WebhookSourceBody, WebhookSourceView>(
                "/api/webhook-sources",
                Scopes.WebhooksWrite,
                "Makes a source; only this answer shows its secret.",
                sources.CreateAsync
            )
            .Get<WebhookSourceView>(
                "/api/webhook-sources/{name}",
                Scopes.WebhooksRead,
                "Shows a source.",
                sources.GetAsync
            )
            .Post<RotateBody, WebhookSourceView>(
                "/api/webhook-sources/{name}/rotate",
                Scopes.WebhooksWrite,
                "Gives a source a new secret; the old one is taken too for a while.",
                sources.RotateAsync,
                StatusCodes.Status200OK
            )
            .Delete("/api/webhook-sources/{name}", Scopes.WebhooksWrite, "Removes a source.", sources.DeleteAsync);
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize();
        IReadOnlyList<WebhookSource> found = await sources.ListAsync(
            call.Actor,
            call.Query("after"),
            count + 1,
            call.Cancelled
        );
        var page = Page<WebhookSourceView>.Of(
            found,
            count,
            source => WebhookSourceView.Of(source),
            source => source.Name
        );
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageWebhookSourceView);
    }

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, 200, await sources.GetAsync(call.Actor, call.Value("name"), call.Cancelled));

    private async Task CreateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only("name", "handler", "secret");
        string name = body.RequiredText("name", RecordName.MaxLength);
        if (!RecordName.IsWellFormed(name))
            throw RequestErrors.WrongValue("name", RecordName.Rule);
        string handler = body.Choice("handler", sources.Handlers) ?? throw RequestErrors.Missing("handler");
        (WebhookSource source, WebhookSecret secret) = await sources.CreateAsync(
            call.Actor,
            name,
            handler,
            ReadSecret(body),
            call.Cancelled
        );
        call.Context.Response.Headers.Location = $"/api/webhook-sources/{name}";
        await AnswerAsync(call, 201, source, secret);
    }

    private async Task RotateAsync(AdminCall call)
    {
        (WebhookSource source, WebhookSecret secret) = await sources.RotateAsync(
            call.Actor,
            call.Value("name"),
            call.ExpectedVersion(),
            await RotateInput.OverlapAsync(call),
            call.Cancelled
        );
        await AnswerAsync(call, 200, source, secret);
    }

    private async Task DeleteAsync(AdminCall call)
    {
        await sources.DeleteAsync(call.Actor, call.Value("name"), call.ExpectedVersion(), call.Cancelled);
        await call.AnswerNothingAsync();
    }

    private static WebhookSecret? ReadSecret(JsonInput body)
    {
        try
        {
            return body.Text("secret", MaxSecret) is { } text ? WebhookSecret.Parse(text) : null;
        }
        catch (FormatException wrong)
        {
            throw RequestErrors.WrongValue("secret", wrong.Message);
        }
    }

    private static Task AnswerAsync(AdminCall call, int status, WebhookSource source, WebhookSecret? secret = null) =>
        call.AnswerAsync(
            status,
            WebhookSourceView.Of(source, secret),
            AdminJson.Default.WebhookSourceView,
            source.Version
        );
}
