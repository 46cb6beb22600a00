using System.Text;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>
/// Whose prices a name of a model leads to, for any service. Names lead where calls with them do; beyond that, a kind's own name can be
/// asked about before a provider of the kind is set up.
/// </summary>
internal sealed class PricedModels(Router router, CurrentSnapshot current)
{
    /// <param name="name">As a caller would write it.</param>
    /// <param name="service">What it is to be used for.</param>
    /// <param name="param">What to call the name in an error.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="GatewayException">The name is malformed or leads nowhere.</exception>
    public PricedModel Find(string name, ServiceKind service, string param, CallerKey caller)
    {
        TenantView view = current.Value[caller.Tenant];
        if (service != ServiceKind.Llm && name.StartsWith(Router.AgentPrefix, StringComparison.Ordinal))
            return OfAgent(view, name[Router.AgentPrefix.Length..], service, param);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        string prefix = slash < 0 ? "" : name[..slash];
        if (service != ServiceKind.Llm && view.Providers.TryGetValue(prefix, out Provider? provider))
            return Of(provider, Rest(name, slash, param));
        ProviderKind? kind = view.Providers.ContainsKey(prefix) ? null : ProviderKinds.Parse(prefix);
        if (kind is { } unused && (service != ServiceKind.Llm || !Router.IsGroqs(name)))
            return new PricedModel(prefix, unused, Rest(name, slash, param));
        ModelRoute route = router.Resolve(Encoding.UTF8.GetBytes(name), param, caller);
        return Of(route.Provider, route.Model);
    }

    private static PricedModel OfAgent(TenantView view, string name, ServiceKind service, string param)
    {
        if (!view.Agents.TryGetValue(name, out Agent? agent))
            throw RequestErrors.UnknownAgent(name, param);
        if (
            agent[service] is not { } settings
            || !view.Providers.TryGetValue(settings.Choice.Provider, out Provider? by)
        )
            throw RequestErrors.WrongValue(param, $"names the agent '{name}', which nobody serves with that");
        return Of(by, settings.Choice.Model);
    }

    private static PricedModel Of(Provider provider, string model) => new(provider.Name, provider.Kind, model);

    private static string Rest(string name, int slash, string param) =>
        ModelName.IsWellFormed(name)
            ? name[(slash + 1)..]
            : throw RequestErrors.WrongValue(param, "is not a model name: up to 256 letters, digits and -_./:@+~");
}
