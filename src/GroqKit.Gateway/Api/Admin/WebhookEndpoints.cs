using System.Collections.Immutable;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/webhooks</c>.</summary>
internal sealed class WebhookEndpoints(WebhookAdministration webhooks)
{
    private const int MaxUrl = 2048;
    private const int MaxDescription = 200;

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var webhooks = app.ServiceProvider.GetRequiredService<WebhookEndpoints>();
        new AdminMap(app, pipeline, "Webhooks")
            .Get<Page<WebhookTargetView>>(
                "/api/webhooks",
                Scopes.WebhooksRead,
                "Lists the addresses that are told what happens.",
                webhooks.ListAsync
            )
            .Post<WebhookBody, WebhookTargetView>(
                "/api/webhooks",
                Scopes.WebhooksWrite,
                "Makes a webhook; only this answer shows its secret.",
                webhooks.CreateAsync
            )
            .Get<WebhookTargetView>("/api/webhooks/{id}", Scopes.WebhooksRead, "Shows a webhook.", webhooks.GetAsync)
            .Patch<WebhookBody, WebhookTargetView>(
                "/api/webhooks/{id}",
                Scopes.WebhooksWrite,
                "Changes what the body names of a webhook; enabled: true takes a disabled one into use again.",
                webhooks.UpdateAsync
            )
            .Delete("/api/webhooks/{id}", Scopes.WebhooksWrite, "Removes a webhook.", webhooks.DeleteAsync)
            .Post<RotateBody, WebhookTargetView>(
                "/api/webhooks/{id}/rotate",
                Scopes.WebhooksWrite,
                "Gives a webhook a new secret; messages are signed with the old one too for a while.",
                webhooks.RotateAsync,
                StatusCodes.Status200OK
            )
            .Act<DeliveryView>(
                "/api/webhooks/{id}/test",
                Scopes.WebhooksWrite,
                "Sends a test event to a webhook.",
                webhooks.TestAsync
            )
            .Get<Page<DeliveryView>>(
                "/api/webhooks/{id}/deliveries",
                Scopes.WebhooksRead,
                "Lists what was sent to a webhook, the newest first.",
                webhooks.DeliveriesAsync
            )
            .Get<DeliveryView>(
                "/api/webhooks/{id}/deliveries/{delivery}",
                Scopes.WebhooksRead,
                "Shows what was sent, and how each attempt went.",
                webhooks.DeliveryAsync
            )
            .Act<DeliveryView>(
                "/api/webhooks/{id}/deliveries/{delivery}/redeliver",
                Scopes.WebhooksWrite,
                "Sends a message once more, with the same webhook-id.",
                webhooks.RedeliverAsync
            );
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize();
        IReadOnlyList<WebhookTarget> found = await webhooks.ListAsync(
            call.Actor,
            call.Query("after"),
            count + 1,
            call.Cancelled
        );
        var page = Page<WebhookTargetView>.Of(
            found,
            count,
            target => WebhookTargetView.Of(target),
            target => target.Id
        );
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageWebhookTargetView);
    }

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, 200, await webhooks.GetAsync(call.Actor, call.Value("id"), call.Cancelled));

    private async Task CreateAsync(AdminCall call)
    {
        JsonInput body = await ReadAsync(call);
        body.RequiredText("url", MaxUrl);
        (WebhookTarget target, WebhookSecret secret) = await webhooks.CreateAsync(
            call.Actor,
            Read(body),
            call.Cancelled
        );
        call.Context.Response.Headers.Location = $"/api/webhooks/{target.Id}";
        await AnswerAsync(call, 201, target, secret);
    }

    private async Task UpdateAsync(AdminCall call)
    {
        JsonInput body = await ReadAsync(call);
        if (body.Has("url"))
            body.RequiredText("url", MaxUrl);
        WebhookTarget target = await webhooks.UpdateAsync(
            call.Actor,
            call.Value("id"),
            call.ExpectedVersion(),
            Read(body),
            call.Cancelled
        );
        await AnswerAsync(call, 200, target);
    }

    private async Task RotateAsync(AdminCall call)
    {
        (WebhookTarget target, WebhookSecret secret) = await webhooks.RotateAsync(
            call.Actor,
            call.Value("id"),
            call.ExpectedVersion(),
            await RotateInput.OverlapAsync(call),
            call.Cancelled
        );
        await AnswerAsync(call, 200, target, secret);
    }

    private async Task DeleteAsync(AdminCall call)
    {
        await webhooks.DeleteAsync(call.Actor, call.Value("id"), call.ExpectedVersion(), call.Cancelled);
        await call.AnswerNothingAsync();
    }

    private async Task TestAsync(AdminCall call) =>
        await AnswerAsync(call, await webhooks.TestAsync(call.Actor, call.Value("id"), call.Cancelled));

    private async Task DeliveriesAsync(AdminCall call)
    {
        int count = call.PageSize();
        IReadOnlyList<Delivery> found = await webhooks.DeliveriesAsync(
            call.Actor,
            call.Value("id"),
            call.Query("after"),
            count + 1,
            call.Cancelled
        );
        var page = Page<DeliveryView>.Of(found, count, DeliveryView.Of, delivery => delivery.Id);
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageDeliveryView);
    }

    private async Task DeliveryAsync(AdminCall call) =>
        await AnswerAsync(
            call,
            await webhooks.DeliveryAsync(call.Actor, call.Value("id"), call.Value("delivery"), call.Cancelled)
        );

    private async Task RedeliverAsync(AdminCall call) =>
        await AnswerAsync(
            call,
            await webhooks.RedeliverAsync(call.Actor, call.Value("id"), call.Value("delivery"), call.Cancelled)
        );

    private async Task AnswerAsync(AdminCall call, Delivery delivery) =>
        await call.AnswerAsync(
            StatusCodes.Status200OK,
            DeliveryView.Of(delivery, await webhooks.LogAsync(delivery, call.Cancelled)),
            AdminJson.Default.DeliveryView
        );

    private static Task AnswerAsync(AdminCall call, int status, WebhookTarget target, WebhookSecret? secret = null) =>
        call.AnswerAsync(
            status,
            WebhookTargetView.Of(target, secret),
            AdminJson.Default.WebhookTargetView,
            target.Version
        );

    private static async Task<JsonInput> ReadAsync(AdminCall call) =>
        (await call.ReadAsync()).Only("url", "description", "events", "enabled");

    private static WebhookTargetRequest Read(JsonInput body) =>
        new(
            body.Text("url", MaxUrl),
            body.Text("description", MaxDescription),
            body.Has("events") ? ReadEvents(body) : null,
            body.Truth("enabled")
        );

    private static ImmutableArray<string> ReadEvents(JsonInput body)
    {
        IReadOnlyList<string> names = body.Texts("events", EventTypes.All.Length);
        for (int i = 0; i < names.Count; i++)
        {
            if (!EventTypes.All.Contains(names[i]))
                throw RequestErrors.WrongValue($"events[{i}]", $"must be one of {string.Join(", ", EventTypes.All)}");
        }
        return [.. names.Distinct()];
    }
}
