using GroqKit.Gateway.Api.OpenAi.Guarding;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Chat;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.OpenAi.Files;

/// <summary>
/// Files that a provider keeps. All tenants share the provider's account, so the gateway keeps whose each file is; a file that it doesn't
/// know is nobody's, and isn't there.
/// </summary>
internal sealed class FileCalls(
    BodyLimits limits,
    Router router,
    InputGuard guard,
    CallAdmission admission,
    TenantObjects objects,
    ProviderObject provider,
    FileMasks masks,
    ISecretProtector protector,
    UpstreamClient upstream,
    BytesRelay bytes
)
{
    /// <summary>The name of the route value that holds a file's id.</summary>
    public const string IdValue = "file_id";

    private const string LimitName = "the limit for files";
    private const int MaxPage = 10_000;

    public async Task UploadAsync(Exchange exchange)
    {
        Provider keeper = router.ResolveProvider(
            exchange.Request.Headers[GatewayHeaders.Provider].ToString(),
            GatewayHeaders.Provider,
            exchange.Caller
        );
        exchange.Choose(keeper);
        string? agent = AgentHeader.Read(exchange.Request);
        CallGuard? rule = router.GuardOf(agent, GatewayHeaders.Agent, exchange.Caller);
        exchange.Meter.Agent = agent;
        bool unmasks = WantsUnmasked(exchange.Request);
        using UploadForm form = await UploadForm.ReadAsync(
            exchange.Request,
            "file",
            limits.HeldUpload,
            limits.File,
            LimitName,
            exchange.Lifetime.Token
        );
        if (!form.HasFile)
            throw RequestErrors.Missing("file");
        if (form.Held.IsEmpty)
            throw RequestErrors.WrongValue("file", "is empty");
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        Func<string, string, string>? clean = guard.FieldsFor(rule);
        using var content = new UploadContent(
            form,
            new FileFit(
                guard.LinesFor(rule, limits.JsonWithImages),
                clean,
                unmasks
                    ? (lines, cancelled) =>
                        masks.KeepAsync(
                            exchange.Caller.Tenant,
                            exchange.Meter.RequestId,
                            exchange.Meter.EndUser,
                            lines,
                            cancelled
                        )
                    : null
            ),
            UploadName.Clean(form.FileName, clean),
            form.FileType ?? "application/octet-stream",
            UploadBoundary.Of(exchange.Meter.RequestId),
            exchange.Lifetime.Progress
        );
        JsonRequest file;
        try
        {
            file = await provider.AskAsync(exchange, HttpMethod.Post, keeper, "files", content);
        }
        catch (GatewayException) when (content.Refusal is not null)
        {
            throw content.Refusal;
        }
        string id = ProviderObject.IdIn(file, keeper);
        try
        {
            await objects.AddAsync(
                exchange.Caller,
                ObjectKinds.File,
                id,
                keeper,
                unmasks ? exchange.Meter.RequestId : null,
                exchange.Lifetime.Token
            );
        }
        catch (GatewayException)
        {
            // A file without an owner could never be deleted by anybody.
            await provider.AskAsync(exchange, HttpMethod.Delete, keeper, "files/" + Uri.EscapeDataString(id));
            throw;
        }
        await JsonAnswer.WriteAsync(exchange, file.Body, "application/json");
    }

    public async Task ListAsync(Exchange exchange)
    {
        var page = ObjectPage.Read(exchange.Request.Query, usual: MaxPage, most: MaxPage);
        string purpose = exchange.Request.Query["purpose"].ToString();
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        IReadOnlyList<(OwnedObject Object, Provider Provider)> owned = await objects.ListAsync(
            exchange.Caller,
            ObjectKinds.File,
            exchange.Lifetime.Token
        );
        Dictionary<(string, string), JsonRequest> known = await KnownAsync(exchange, owned, purpose);
        (IReadOnlyList<(OwnedObject Object, Provider Provider)> items, bool hasMore) = page.Of([
            .. owned.Where(item => known.ContainsKey((item.Provider.Name, item.Object.Id))),
        ]);
        await JsonAnswer.WriteAsync(
            exchange,
            json =>
                ObjectPage.Write(json, [.. items.Select(item => known[(item.Provider.Name, item.Object.Id)])], hasMore)
        );
    }

    public async Task GetAsync(Exchange exchange)
    {
        (_, Provider keeper, string path) = await FindAsync(exchange);
        JsonRequest file = await provider.AskAsync(exchange, HttpMethod.Get, keeper, path);
        await JsonAnswer.WriteAsync(exchange, file.Body, "application/json");
    }

    public async Task DeleteAsync(Exchange exchange)
    {
        (OwnedObject owned, Provider keeper, string path) = await FindAsync(exchange);
        JsonRequest deleted = await provider.AskAsync(exchange, HttpMethod.Delete, keeper, path);
        await objects.RemoveAsync(owned, exchange.Lifetime.Token);
        await JsonAnswer.WriteAsync(exchange, deleted.Body, "application/json");
    }

    public async Task ContentAsync(Exchange exchange)
    {
        (OwnedObject owned, Provider keeper, string path) = await FindAsync(exchange);
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Get,
            keeper.AddressOf(path + "/content"),
            keeper,
            content: null,
            stream: false,
            exchange.Lifetime
        );
        string type = BytesRelay.TypeOf(answer, "application/octet-stream");
        if (owned.Masks is { } name)
            answer.Content = new StreamContent(
                new RestoredFile(
                    await answer.Content.ReadAsStreamAsync(exchange.Lifetime.Token),
                    (lines, cancelled) => FindMasksAsync(exchange, name, lines, cancelled)
                )
            );
        try
        {
            await bytes.RunAsync(exchange, answer, keeper.Name, type);
        }
        catch (GatewayException failure) when (exchange.Response.HasStarted && failure.Outcome != Outcome.ClientGone)
        {
            exchange.Meter.Settle(failure.Outcome, exchange.Response.StatusCode, failure.Error.Code);
            throw new AnswerCutException(failure);
        }
    }

    private bool WantsUnmasked(HttpRequest request) =>
        request.Headers[GatewayHeaders.Unmask].ToString() switch
        {
            "" or "off" => false,
            "on" when protector.IsAvailable => true,
            "on" => throw RequestErrors.NoMasterKey(GatewayHeaders.Unmask),
            _ => throw RequestErrors.WrongValue(GatewayHeaders.Unmask, "must be on or off"),
        };

    private async Task<IReadOnlyDictionary<string, Masks>> FindMasksAsync(
        Exchange exchange,
        string name,
        IReadOnlyCollection<string> lines,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await masks.FindAsync(exchange.Caller.Tenant, name, lines, cancellationToken);
        }
        catch (Exception failure) when (failure is StorageException or SecretException)
        {
            throw RequestErrors.StorageUnavailable(failure);
        }
    }

    private async Task<(OwnedObject, Provider, string Path)> FindAsync(Exchange exchange)
    {
        string id = (string)exchange.Request.RouteValues[IdValue]!;
        (OwnedObject owned, Provider keeper) = await objects.GetAsync(
            exchange.Caller,
            ObjectKinds.File,
            id,
            IdValue,
            exchange.Lifetime.Token
        );
        exchange.Choose(keeper);
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        return (owned, keeper, "files/" + owned.Id);
    }

    /// <summary>What the providers say now of the files that the tenant has there.</summary>
    private async Task<Dictionary<(string, string), JsonRequest>> KnownAsync(
        Exchange exchange,
        IReadOnlyList<(OwnedObject Object, Provider Provider)> owned,
        string purpose
    )
    {
        var known = new Dictionary<(string, string), JsonRequest>();
        foreach (Provider keeper in owned.Select(item => item.Provider).DistinctBy(keeper => keeper.Name))
        {
            exchange.Choose(keeper);
            JsonRequest list = await provider.AskAsync(exchange, HttpMethod.Get, keeper, "files");
            foreach (JsonRequest file in ListOf(list))
            {
                if (file.Text("id") is { } id && (purpose.Length == 0 || file.Text("purpose") == purpose))
                    known[(keeper.Name, id)] = file;
            }
        }
        return known;
    }

    private static IEnumerable<JsonRequest> ListOf(JsonRequest list)
    {
        if (list.Find("data") is not { } data)
            yield break;
        using var items = System.Text.Json.JsonDocument.Parse(data.Value);
        if (items.RootElement.ValueKind != System.Text.Json.JsonValueKind.Array)
            yield break;
        foreach (System.Text.Json.JsonElement item in items.RootElement.EnumerateArray())
        {
            if (item.ValueKind == System.Text.Json.JsonValueKind.Object)
                yield return JsonRequest.Read(System.Text.Encoding.UTF8.GetBytes(item.GetRawText()));
        }
    }
}
