using System.Text;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Models;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Models;

/// <summary>The models that can be asked for: those of all providers of the caller's tenant, and its agents.</summary>
internal sealed class ModelCalls(
    Router router,
    CurrentSnapshot current,
    CallAdmission admission,
    UpstreamClient upstream,
    ModelDirectory directory,
    ModelWriter writer
)
{
    /// <summary>The name of the route value that holds a model's id.</summary>
    public const string IdValue = "id";

    public async Task ListAsync(Exchange exchange)
    {
        TenantView view = current.Value[exchange.Caller.Tenant];
        exchange.Choose(view.Default);
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        // The first of all is the one whose models need no prefix.
        Provider[] providers =
        [
            view.Default,
            .. view
                .Providers.Values.Where(provider => !provider.Equals(view.Default))
                .DistinctBy(provider => provider.Name)
                .OrderBy(provider => provider.Name, StringComparer.Ordinal),
        ];
        IReadOnlyList<ModelListing>?[] lists = await Task.WhenAll(
            // Whoever is switched off is not asked, and what it has can't be called.
            providers.Select(provider =>
                provider.Share > 0
                    ? directory.ListAsync(provider, exchange.Lifetime.Token).AsTask()
                    : Task.FromResult<IReadOnlyList<ModelListing>?>(null)
            )
        );
        if (Array.TrueForAll(lists, list => list is null))
            throw view.Default.Share == 0
                ? UpstreamErrors.SwitchedOff(view.Default.Name)
                : UpstreamErrors.Unreachable(view.Default.Name, cause: null);
        string[] missing = [.. providers.Where((_, i) => lists[i] is null).Select(provider => provider.Name)];
        if (missing.Length > 0)
            exchange.Response.Headers[GatewayHeaders.Unavailable] = string.Join(", ", missing);
        await JsonAnswer.WriteAsync(
            exchange,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("object"u8, "list"u8);
                json.WriteStartArray("data"u8);
                ModelAlias[] aliases = [.. Router.AliasesOf(view).OrderBy(alias => alias.Name, StringComparer.Ordinal)];
                // A name that stands for others hides a model of that name, as it does in calls.
                var written = new HashSet<string>(
                    aliases.Select(alias => alias.Name),
                    StringComparer.OrdinalIgnoreCase
                );
                foreach (ModelListing model in lists.SelectMany(list => list ?? []))
                {
                    string id = NameOf(model, view);
                    if (written.Add(id))
                        writer.Write(json, model, id);
                }
                foreach (Agent agent in view.Agents.Values.OrderBy(agent => agent.Name, StringComparer.Ordinal))
                    ModelWriter.WriteAgent(json, agent);
                foreach (ModelAlias alias in aliases)
                    ModelWriter.WriteAlias(json, alias);
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    public async Task GetAsync(Exchange exchange)
    {
        // Routing leaves an encoded slash as it came.
        string id = Uri.UnescapeDataString((string)exchange.Request.RouteValues[IdValue]!);
        TenantView view = current.Value[exchange.Caller.Tenant];
        if (
            id.StartsWith(Router.AgentPrefix, StringComparison.Ordinal)
            && view.Agents.TryGetValue(id[Router.AgentPrefix.Length..], out Agent? agent)
        )
        {
            await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
            await JsonAnswer.WriteAsync(exchange, json => ModelWriter.WriteAgent(json, agent));
            return;
        }
        if (Router.AliasesOf(view).FirstOrDefault(alias => alias.IsNamed(id)) is { } named)
        {
            await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
            await JsonAnswer.WriteAsync(exchange, json => ModelWriter.WriteAlias(json, named));
            return;
        }
        // Every provider serves speech, so every one of them is found.
        ModelRoute route = router.Resolve(Encoding.UTF8.GetBytes(id), IdValue, exchange.Caller, ServiceKind.Tts);
        exchange.Choose(route);
        if (route.Provider.Share == 0)
            throw UpstreamErrors.SwitchedOff(route.Provider.Name);
        await admission.AdmitAsync(exchange.Meter, agent: null, default, exchange.Lifetime.Token);
        ModelListing model =
            route.Provider.Kind == ProviderKind.ElevenLabs
                ? await FindAsync(exchange, route)
                : await AskAsync(exchange, route);
        await JsonAnswer.WriteAsync(exchange, json => writer.Write(json, model, NameOf(model, view)));
    }

    private static string NameOf(ModelListing model, TenantView view) =>
        model.Provider.Equals(view.Default) ? model.Id : $"{model.Provider.Name}/{model.Id}";

    private async Task<ModelListing> FindAsync(Exchange exchange, ModelRoute route)
    {
        IReadOnlyList<ModelListing> all =
            await directory.ListAsync(route.Provider, exchange.Lifetime.Token)
            ?? throw UpstreamErrors.Unreachable(route.Provider.Name, cause: null);
        return all.FirstOrDefault(model => model.Id == route.Model)
            ?? throw RequestErrors.UnknownModel(route.Model, IdValue);
    }

    private async Task<ModelListing> AskAsync(Exchange exchange, ModelRoute route)
    {
        using HttpResponseMessage answer = await upstream.SendAsync(
            HttpMethod.Get,
            route.Provider.ModelAddress(route.Model),
            route.Provider,
            content: null,
            stream: false,
            exchange.Lifetime
        );
        using PooledBody body = await upstream.ReadWholeAsync(answer, route.Provider.Name, exchange.Lifetime);
        try
        {
            return new ModelListing(route.Provider, route.Model, JsonRequest.Read(body.Span.ToArray()));
        }
        catch (GatewayException unreadable)
        {
            throw UpstreamErrors.Malformed(route.Provider.Name, unreadable);
        }
    }
}
