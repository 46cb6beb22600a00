using GroqKit.Catalog;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Pricing;
using GroqKit.Providers;
using GroqKit.Providers.Choosing;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>
/// Finds, among the models that a name leads to, those that can do what a request needs. Where the order is the request's to find
/// (<c>auto</c>, names for several models), the rules of <see cref="ModelRanking"/> choose; a chain keeps its order, without those that are known
/// to lack something. A model whose provider the caller names itself is asked as it is. Thread-safe.
/// </summary>
internal sealed class ModelPicker(IPriceBook prices, TimeProvider time)
{
    /// <param name="route">Where the name leads.</param>
    /// <param name="traits">What the request needs.</param>
    /// <param name="param">What to call the name in an error.</param>
    /// <exception cref="GatewayException">None of the models can do it.</exception>
    public PickedRoute Pick(ModelRoute route, RequestTraits traits, string param)
    {
        ModelRoute[] chain = [route, .. route.Fallback];
        ModelCandidate[] candidates = [.. chain.Select(CandidateOf)];
        if (route.Choice is { } choice)
        {
            var ranking = ModelRanking.Of(candidates, traits, Today, choice.Goals);
            return ranking.Order.Count == 0
                ? throw RequestErrors.NoModelFits(param, choice.Name, ranking.Reason)
                : new PickedRoute(InOrder(chain, ranking.Order), ranking.Reason);
        }
        if (route.IsExact)
            return new PickedRoute(route, Reason: null);
        ModelCapability?[] lacks = [.. candidates.Select(candidate => candidate.FindLack(traits))];
        int[] able = [.. Enumerable.Range(0, chain.Length).Where(place => lacks[place] is null)];
        if (able.Length == chain.Length)
            return new PickedRoute(route, Reason: null);
        string lacking = string.Join(
            ", ",
            candidates
                .Zip(lacks)
                .Where(pair => pair.Second is not null)
                .Select(pair => $"{pair.First.Name} lacks {pair.Second!.Value.Value}")
        );
        return able.Length == 0
            ? throw RequestErrors.ModelLacks(param, lacking)
            : new PickedRoute(InOrder(chain, able), $"{candidates[able[0]].Name}: {lacking}");
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static ModelRoute InOrder(ModelRoute[] chain, IReadOnlyList<int> order) =>
        chain[order[0]] with
        {
            Choice = null,
            // What guards a call is the name's, whoever serves.
            Guard = chain[0].Guard,
            Fallback = [.. order.Skip(1).Select(place => chain[place] with { Fallback = [] })],
        };

    private ModelCandidate CandidateOf(ModelRoute route)
    {
        Provider provider = route.Provider;
        DateOnly today = Today;
        return new ModelCandidate(
            $"{provider.Name}/{route.Model}",
            prices.Find(provider.Name, provider.Kind, route.Model) is { } facts
                ? new ProviderModel(provider.Name, ProviderService.Llm, facts)
                : null,
            amounts =>
                prices.CostOf(
                    provider.Name,
                    provider.Kind,
                    route.Model,
                    new BilledUsage(
                        new Usage.TokenUsage(
                            amounts.InputTokens,
                            amounts.OutputTokens,
                            amounts.InputTokens + amounts.OutputTokens
                        ),
                        default
                    ),
                    today
                )
        );
    }
}
