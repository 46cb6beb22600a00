using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Api.Admin;

/// <summary><c>/api/keys</c>.</summary>
internal sealed class KeyEndpoints(KeyAdministration keys, TimeProvider time)
{
    private const int MaxName = 100;

    public static void Map(IEndpointRouteBuilder app, AdminPipeline pipeline)
    {
        var keys = app.ServiceProvider.GetRequiredService<KeyEndpoints>();
        new AdminMap(app, pipeline, "Keys")
            .Get<Page<KeyView>>("/api/keys", Scopes.KeysRead, "Lists the keys.", keys.ListAsync)
            .Post<KeyBody, KeyView>(
                "/api/keys",
                Scopes.KeysWrite,
                "Makes a key; only this answer shows its text.",
                keys.CreateAsync
            )
            .Get<KeyView>("/api/keys/{id}", Scopes.KeysRead, "Shows a key.", keys.GetAsync)
            .Patch<KeyBody, KeyView>(
                "/api/keys/{id}",
                Scopes.KeysWrite,
                "Changes what the body names of a key.",
                keys.UpdateAsync
            )
            .Post<RotateBody, KeyView>(
                "/api/keys/{id}/rotate",
                Scopes.KeysWrite,
                "Gives a key a new text; the old one works on for a while.",
                keys.RotateAsync,
                StatusCodes.Status200OK
            )
            .Delete("/api/keys/{id}", Scopes.KeysWrite, "Revokes a key for good.", keys.RevokeAsync);
    }

    private async Task ListAsync(AdminCall call)
    {
        int count = call.PageSize();
        IReadOnlyList<CallerKey> found = await keys.ListAsync(
            call.Actor,
            call.Query("after"),
            count + 1,
            call.Cancelled
        );
        var page = Page<KeyView>.Of(found, count, key => KeyView.Of(key), key => key.Id);
        await call.AnswerAsync(StatusCodes.Status200OK, page, AdminJson.Default.PageKeyView);
    }

    private async Task GetAsync(AdminCall call) =>
        await AnswerAsync(call, 200, await keys.GetAsync(call.Actor, call.Value("id"), call.Cancelled));

    private async Task CreateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only("name", "role", "scopes", "limits", "userLimits", "expiresAt");
        body.RequiredText("name", MaxName);
        var nothing = new KeyRequest(
            "",
            CallerRole.Caller,
            Scopes.None,
            LimitPolicy.Unlimited,
            LimitPolicy.Unlimited,
            ExpiresAt: null
        );
        (CallerKey key, string text) = await keys.CreateAsync(call.Actor, Read(body, nothing), call.Cancelled);
        call.Context.Response.Headers.Location = $"/api/keys/{key.Id}";
        await AnswerAsync(call, 201, key, text);
    }

    private async Task UpdateAsync(AdminCall call)
    {
        JsonInput body = (await call.ReadAsync()).Only("name", "role", "scopes", "limits", "userLimits", "expiresAt");
        if (body.Has("name"))
            body.RequiredText("name", MaxName);
        CallerKey key = await keys.UpdateAsync(
            call.Actor,
            call.Value("id"),
            call.ExpectedVersion(),
            before =>
                Read(
                    body,
                    new KeyRequest(
                        before.Name,
                        before.Role,
                        before.Scopes,
                        before.Limits,
                        before.UserLimits,
                        before.ExpiresAt
                    )
                ),
            call.Cancelled
        );
        await AnswerAsync(call, 200, key);
    }

    private async Task RotateAsync(AdminCall call)
    {
        (CallerKey key, string text) = await keys.RotateAsync(
            call.Actor,
            call.Value("id"),
            call.ExpectedVersion(),
            await RotateInput.OverlapAsync(call),
            call.Cancelled
        );
        await AnswerAsync(call, 200, key, text);
    }

    private async Task RevokeAsync(AdminCall call)
    {
        await keys.RevokeAsync(call.Actor, call.Value("id"), call.ExpectedVersion(), call.Cancelled);
        await call.AnswerNothingAsync();
    }

    private static Task AnswerAsync(AdminCall call, int status, CallerKey key, string? text = null) =>
        call.AnswerAsync(status, KeyView.Of(key, text), AdminJson.Default.KeyView, key.Version);

    private KeyRequest Read(JsonInput body, KeyRequest before)
    {
        string? role = body.Choice("role", Permissions.AllRoles);
        DateTimeOffset? expires = body.Time("expiresAt");
        if (expires <= time.GetUtcNow())
            throw RequestErrors.WrongValue("expiresAt", "is not in the future");
        return new KeyRequest(
            body.Text("name", MaxName) ?? before.Name,
            role is null ? before.Role : Permissions.Role(role)!.Value,
            body.Has("scopes")
                ? ReadScopes(body, role is null ? before.Role : Permissions.Role(role)!.Value)
                : before.Scopes,
            body.Has("limits") ? ReadLimits(body, "limits") : before.Limits,
            body.Has("userLimits") ? ReadLimits(body, "userLimits") : before.UserLimits,
            body.Has("expiresAt") ? expires : before.ExpiresAt
        );
    }

    private static Scopes ReadScopes(JsonInput body, CallerRole role)
    {
        var all = Scopes.None;
        if (!body.TryGet("scopes", out _))
            return all;
        IReadOnlyList<string> names = body.Texts("scopes", 64);
        // Stored, none stands for all of the role's; who writes an empty list hardly means that.
        if (names.Count == 0)
            throw RequestErrors.WrongValue("scopes", "is empty; leave it out for all that the role permits");
        for (int i = 0; i < names.Count; i++)
        {
            string path = $"scopes[{i}]";
            Scopes scope =
                Permissions.Scope(names[i])
                ?? throw RequestErrors.WrongValue(path, $"must be one of {string.Join(", ", Permissions.AllScopes)}");
            if (!Permissions.Of(role).HasFlag(scope))
                throw RequestErrors.WrongValue(path, $"is beyond the role '{Permissions.NameOf(role)}'");
            all |= scope;
        }
        return all;
    }

    private static LimitPolicy ReadLimits(JsonInput body, string name)
    {
        try
        {
            return body.TryGet(name, out JsonElement value) ? LimitPolicyJson.Read(value, name) : LimitPolicy.Unlimited;
        }
        catch (LimitPolicyException wrong)
        {
            throw RequestErrors.WrongValue(wrong.Field, wrong.Reason);
        }
    }
}
