using GroqKit.Gateway.Api.OpenAi.Files;
using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Batches;

/// <summary>
/// Batches that a provider works off. Whose they are is kept as for files; the files that a batch makes belong to whoever has the batch.
/// </summary>
internal sealed class BatchCalls(
    RequestBody bodies,
    Router router,
    InputGuard guard,
    CallAdmission admission,
    TenantObjects objects,
    ProviderObject provider
)
{
    /// <summary>The name of the route value that holds a batch's id.</summary>
    public const string IdValue = "batch_id";

    private const int UsualPage = 20;
    private const int MaxPage = 100;

    private static readonly FieldRule[] Fields =
    [
        FieldRule.Text("input_file_id", required: true),
        FieldRule.Text("endpoint", required: true),
        FieldRule.Text("completion_window", required: true),
        FieldRule.Object("metadata"),
    ];

    private static readonly string[] Made = ["output_file_id", "error_file_id"];

    public async Task CreateAsync(Exchange exchange)
    {
        using PooledBody read = await bodies.ReadAsync(exchange.Request, exchange.Lifetime.Token, exchange.Meter);
        JsonRequest.Read(read.Memory, Fields);
        bodies.Check(read, hasImages: false);
        string? agent = AgentHeader.Read(exchange.Request);
        using PooledBody? changed = guard.Change(router.GuardOf(agent, GatewayHeaders.Agent, exchange.Caller), read);
        PooledBody body = changed ?? read;
        JsonRequest request = JsonRequest.Read(body.Memory, Fields);
        exchange.Meter.Agent = agent;
        RefuseUnmetered(exchange.Caller);
        (OwnedObject input, Provider keeper) = await objects.GetAsync(
            exchange.Caller,
            ObjectKinds.File,
            request.Text("input_file_id")!,
            "input_file_id",
            exchange.Lifetime.Token
        );
        exchange.Choose(keeper);
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        JsonRequest batch = await provider.AskAsync(
            exchange,
            HttpMethod.Post,
            keeper,
            "batches",
            new JsonEdits(request).ToContent(body)
        );
        string id = ProviderObject.IdIn(batch, keeper);
        try
        {
            await objects.AddAsync(
                exchange.Caller,
                ObjectKinds.Batch,
                id,
                keeper,
                input.Masks,
                exchange.Lifetime.Token
            );
        }
        catch (GatewayException)
        {
            await provider.AskAsync(exchange, HttpMethod.Post, keeper, $"batches/{Uri.EscapeDataString(id)}/cancel");
            throw;
        }
        await AnswerAsync(exchange, batch, keeper, input.Masks);
    }

    public async Task GetAsync(Exchange exchange)
    {
        (OwnedObject owned, Provider keeper, string path) = await FindAsync(exchange);
        JsonRequest batch = await provider.AskAsync(exchange, HttpMethod.Get, keeper, path);
        await AnswerAsync(exchange, batch, keeper, owned.Masks);
    }

    public async Task CancelAsync(Exchange exchange)
    {
        (OwnedObject owned, Provider keeper, string path) = await FindAsync(exchange);
        JsonRequest batch = await provider.AskAsync(exchange, HttpMethod.Post, keeper, path + "/cancel");
        await AnswerAsync(exchange, batch, keeper, owned.Masks);
    }

    public async Task ListAsync(Exchange exchange)
    {
        var page = ObjectPage.Read(exchange.Request.Query, UsualPage, MaxPage);
        string[] wanted = [.. exchange.Request.Query["id"].OfType<string>()];
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        IReadOnlyList<(OwnedObject Object, Provider Provider)> owned = await objects.ListAsync(
            exchange.Caller,
            ObjectKinds.Batch,
            exchange.Lifetime.Token
        );
        if (wanted.Length > 0)
            owned = [.. owned.Where(item => wanted.Contains(item.Object.Id, StringComparer.Ordinal))];
        (IReadOnlyList<(OwnedObject Object, Provider Provider)> items, bool hasMore) = page.Of(owned);
        var batches = new List<JsonRequest>(items.Count);
        // One by one: OpenAI has no list by ids, and a page of its own list may hold none of the tenant's.
        foreach ((OwnedObject one, Provider keeper) in items)
        {
            exchange.Choose(keeper);
            try
            {
                JsonRequest batch = await provider.AskAsync(exchange, HttpMethod.Get, keeper, "batches/" + one.Id);
                await OwnFilesAsync(exchange, batch, keeper, one.Masks);
                batches.Add(batch);
            }
            catch (GatewayException gone) when (gone.Error.Status == StatusCodes.Status404NotFound)
            {
                await objects.RemoveAsync(one, exchange.Lifetime.Token);
            }
        }
        await JsonAnswer.WriteAsync(exchange, json => ObjectPage.Write(json, batches, hasMore && batches.Count > 0));
    }

    // Its cost falls due behind the gateway's back, so it would go past a budget.
    private static void RefuseUnmetered(CallerKey caller)
    {
        foreach (Limit limit in caller.Limits.Limits.Concat(caller.UserLimits.Limits))
        {
            if (limit.Unit is LimitUnit.Cost or LimitUnit.Tokens)
                throw RequestErrors.UnmeteredBatch(limit.Unit == LimitUnit.Cost ? "cost" : "tokens");
        }
    }

    private async Task AnswerAsync(Exchange exchange, JsonRequest batch, Provider keeper, string? masks)
    {
        await OwnFilesAsync(exchange, batch, keeper, masks);
        await JsonAnswer.WriteAsync(exchange, batch.Body, "application/json");
    }

    // What a batch writes holds the placeholders of what it read.
    private async Task OwnFilesAsync(Exchange exchange, JsonRequest batch, Provider keeper, string? masks)
    {
        foreach (string name in Made)
        {
            if (batch.Text(name) is { } file)
                await objects.AddAsync(exchange.Caller, ObjectKinds.File, file, keeper, masks, exchange.Lifetime.Token);
        }
    }

    private async Task<(OwnedObject Owned, Provider Keeper, string Path)> FindAsync(Exchange exchange)
    {
        (OwnedObject owned, Provider keeper) = await objects.GetAsync(
            exchange.Caller,
            ObjectKinds.Batch,
            (string)exchange.Request.RouteValues[IdValue]!,
            IdValue,
            exchange.Lifetime.Token
        );
        exchange.Choose(keeper);
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        return (owned, keeper, "batches/" + owned.Id);
    }
}
