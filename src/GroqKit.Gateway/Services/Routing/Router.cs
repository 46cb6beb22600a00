using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>
/// Turns the model a caller names into a provider and that provider's name for it, by the first rule that fits:
/// <list type="number">
/// <item><c>agent/NAME</c> is what the agent is set to;</item>
/// <item>an alias is what it stands for, and <c>auto</c>, unless it is an alias, each request's own choice of Groq's models;</item>
/// <item>an id from Groq's catalogue goes to Groq, even if it begins like a provider's name (<c>openai/gpt-oss-120b</c>);</item>
/// <item><c>PROVIDER/MODEL</c> goes to that provider, without the prefix;</item>
/// <item>everything else goes to Groq as it is.</item>
/// </list>
/// Thread-safe; a name that was seen before costs one look-up.
/// </summary>
internal sealed class Router(CurrentSnapshot current)
{
    /// <summary>What stands before an agent's name in place of a model.</summary>
    public const string AgentPrefix = "agent/";

    /// <summary>The name under which Groq is always there, whoever stands in for it.</summary>
    public const string GroqName = "groq";

    // What is chosen among where nobody says otherwise: the quick, the strong, and the one that sees.
    private static readonly ModelAlias Auto = ModelAlias.Of(
        GroqKit.Providers.Choosing.ModelChoice.ModelName,
        [
            new ModelChoice(GroqName, GroqModels.GptOss20B),
            new ModelChoice(GroqName, GroqModels.GptOss120B),
            new ModelChoice(GroqName, GroqModels.Qwen38),
        ]
    );

    // Bounds the memory that callers can claim by inventing names.
    private const int MaxRemembered = 1024;

    private static readonly FrozenSet<string> GroqIds = ModelCatalog
        .Default.Models.Select(model => model.Id)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a name is an id of Groq's catalogue.</summary>
    public static bool IsGroqs(string name) => GroqIds.Contains(name);

    /// <summary>All names that stand for models of a tenant, <c>auto</c> among them where it has any.</summary>
    public static IEnumerable<ModelAlias> AliasesOf(TenantView view) =>
        view.Aliases.ContainsKey(Auto.Name) || OpenOf(view) is not { } auto
            ? view.Aliases.Values
            : view.Aliases.Values.Append(auto);

    /// <summary>Who serves a caller's plain model names.</summary>
    public Provider DefaultOf(CallerKey caller) => current.Value[caller.Tenant].Default;

    /// <summary>Who keeps what belongs to no model.</summary>
    /// <param name="name">A provider's name; empty for whoever serves plain model names.</param>
    /// <param name="param">What to call the name in an error.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="GatewayException">There is no such provider, it keeps nothing, or it is switched off.</exception>
    public Provider ResolveProvider(string name, string param, CallerKey caller)
    {
        TenantView view = current.Value[caller.Tenant];
        if (name.Length == 0 || name == view.Default.Name)
            return Open(view.Default);
        if (name.Length > ModelName.MaxLength || !view.Providers.TryGetValue(name, out Provider? provider))
            throw RequestErrors.WrongValue(param, "names no provider of yours");
        return ProviderKinds.ServesChat(provider.Kind)
            ? Open(provider)
            : throw RequestErrors.WrongValue(param, $"names '{name}', which keeps no files");
    }

    private static Provider Open(Provider provider) =>
        provider.Share > 0 ? provider : throw UpstreamErrors.SwitchedOff(provider.Name);

    /// <param name="model">The name as UTF-8, unescaped.</param>
    /// <param name="param">What to call the name in an error.</param>
    /// <param name="caller">Who asks; only what its tenant has is found.</param>
    /// <param name="service">What the model is wanted for.</param>
    /// <exception cref="GatewayException">The name is malformed or leads nowhere.</exception>
    public ModelRoute Resolve(
        ReadOnlySpan<byte> model,
        string param,
        CallerKey caller,
        ServiceKind service = ServiceKind.Llm
    )
    {
        Span<char> chars = stackalloc char[ModelName.MaxLength];
        if (!Encoding.UTF8.TryGetChars(model, chars, out int length) || !ModelName.IsWellFormed(chars[..length]))
            throw RequestErrors.WrongValue(param, "is not a model name: up to 256 letters, digits and -_./:@+~");
        ReadOnlySpan<char> name = chars[..length];
        TenantView view = current.Value[caller.Tenant];
        if (view.RoutesOf(service).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out ModelRoute? known))
            return known;
        return Remember(view, name.ToString(), param, service);
    }

    /// <param name="name">The agent's name.</param>
    /// <param name="param">What to call the name in an error.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="service">What the agent is wanted for.</param>
    /// <exception cref="GatewayException">The agent doesn't exist or has no model for that.</exception>
    public ModelRoute ResolveAgent(string name, string param, CallerKey caller, ServiceKind service = ServiceKind.Llm)
    {
        TenantView view = current.Value[caller.Tenant];
        // The bound keeps invented names short; a name without an agent isn't remembered.
        if (name.Length > ModelName.MaxLength)
            throw RequestErrors.UnknownAgent(name[..ModelName.MaxLength], param);
        string model = AgentPrefix + name;
        return view.RoutesOf(service).TryGetValue(model, out ModelRoute? known)
            ? known
            : Remember(view, model, param, service);
    }

    /// <summary>What is done with the words of a call that leads to no model.</summary>
    /// <param name="agent">The agent on whose behalf; null for none.</param>
    /// <param name="param">The field that names it.</param>
    /// <param name="caller">Who asks.</param>
    /// <exception cref="GatewayException">There is no such agent.</exception>
    public CallGuard? GuardOf(string? agent, string param, CallerKey caller) =>
        agent is null
            ? CallGuard.Of(agent: null, current.Value[caller.Tenant].Privacy)
            : ResolveAgent(agent, param, caller).Guard;

    private static ModelRoute Remember(TenantView view, string name, string param, ServiceKind service)
    {
        ModelRoute route = Find(view, name, param, service);
        if (CallGuard.Of(route.Agent, view.Privacy) is { } guard)
            route = route with { Guard = guard };
        ConcurrentDictionary<string, ModelRoute> known = view.RoutesOf(service);
        if (known.Count < MaxRemembered)
            known.TryAdd(name, route);
        return route;
    }

    private static ModelRoute Find(TenantView view, string name, string param, ServiceKind service)
    {
        if (name.StartsWith(AgentPrefix, StringComparison.Ordinal))
            return OfAgent(view, name[AgentPrefix.Length..], param, service);
        if (view.Aliases.TryGetValue(name, out ModelAlias? alias))
            return OfAlias(view, alias, param, service);
        if (name == Auto.Name)
            return OfAuto(view, param, service);
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || GroqIds.Contains(name))
            return new ModelRoute(view.Default, name, Renamed: false);
        string prefix = name[..slash];
        return view.Providers.TryGetValue(prefix, out Provider? provider)
            ? new ModelRoute(Serving(provider, param, service), name[(slash + 1)..], Renamed: true) { IsExact = true }
            : new ModelRoute(view.Default, name, Renamed: false);
    }

    private static ModelRoute OfAuto(TenantView view, string param, ServiceKind service)
    {
        if (service != ServiceKind.Llm)
            throw RequestErrors.WrongValue(param, $"is '{Auto.Name}', which chooses among models for chat");
        return OpenOf(view) is { } auto
            ? OfAlias(view, auto, param, service)
            : throw RequestErrors.WrongValue(param, $"is '{Auto.Name}', which has no models here; make it an alias");
    }

    // What the operator has not opened is not chosen.
    private static ModelAlias? OpenOf(TenantView view)
    {
        if (view.Providers.GetValueOrDefault(GroqName) is not { Kind: ProviderKind.Groq } groq)
            return null;
        ModelAlias open = Auto with
        {
            Models = [.. Auto.Models.Where(choice => groq.Models is null || groq.Models.Contains(choice.Model))],
        };
        return open.Models.IsEmpty ? null : open;
    }

    private static ModelRoute OfAlias(TenantView view, ModelAlias alias, string param, ServiceKind service)
    {
        if (alias.Models is [{ Provider: ModelAlias.AgentWord } only])
            return OfAgent(view, only.Model, param, service);
        ModelRoute[] routes = [.. alias.Models.SelectMany(choice => Next(view, choice, service))];
        return routes.Length == 0
            ? throw RequestErrors.WrongValue(
                param,
                $"is the alias '{alias.Name}', and no provider of its models is there and serves {NameOf(service)}"
            )
            : routes[0] with
            {
                Fallback = [.. routes[1..]],
                Choice =
                    routes.Length > 1 && service == ServiceKind.Llm ? new RouteChoice(alias.Name, alias.Goals) : null,
            };
    }

    private static ModelRoute OfAgent(TenantView view, string name, string param, ServiceKind service)
    {
        if (!view.Agents.TryGetValue(name, out Agent? agent))
            throw RequestErrors.UnknownAgent(name, param);
        if (agent[service] is not { } settings)
            throw RequestErrors.WrongValue(
                param,
                $"names the agent '{name}', which has no {(service == ServiceKind.Llm ? "LLM" : NameOf(service))} yet"
            );
        if (!view.Providers.TryGetValue(settings.Choice.Provider, out Provider? provider))
            throw RequestErrors.WrongValue(
                param,
                $"names the agent '{name}', whose provider '{settings.Choice.Provider}' does not exist any more"
            );
        var defaults = AgentDefaults.Read(settings.Config);
        return new ModelRoute(Serving(provider, param, service), settings.Choice.Model, Renamed: true)
        {
            Agent = agent,
            Defaults = defaults,
            Fallback =
            [
                .. settings.Fallback.SelectMany(link =>
                    Next(view, link.Choice, service).Select(next => OfLink(next, link, agent, defaults))
                ),
            ],
        };
    }

    // A step of the chain that was deleted, or lacks the service, is none: the others still are.
    private static IEnumerable<ModelRoute> Next(TenantView view, ModelChoice choice, ServiceKind service)
    {
        if (
            view.Providers.TryGetValue(choice.Provider, out Provider? provider)
            && ProviderKinds.Serves(provider.Kind, service)
        )
            yield return new ModelRoute(provider, choice.Model, Renamed: true);
    }

    // The voice that all are set to is the first one's; others need not have it.
    private static ModelRoute OfLink(ModelRoute route, ChainLink link, Agent agent, AgentDefaults? shared)
    {
        if (shared?.Voice is { } voice && KnownVoices.Lacks(route.Provider.Kind, route.Model, voice))
            shared = shared.Without(AgentDefaults.VoiceName);
        return route with
        {
            Agent = agent,
            Defaults = AgentDefaults.Over(shared, link.Config),
            HasOwnVoice = AgentDefaults.Read(link.Config)?.Voice is not null,
        };
    }

    private static Provider Serving(Provider provider, string param, ServiceKind service) =>
        ProviderKinds.Serves(provider.Kind, service)
            ? provider
            : throw RequestErrors.WrongValue(param, $"leads to '{provider.Name}', which serves no {NameOf(service)}");

    private static string NameOf(ServiceKind service) =>
        service switch
        {
            ServiceKind.Llm => "chat",
            ServiceKind.Stt => "speech to text",
            _ => "text to speech",
        };
}
