using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Whom one request asks last, because they broke off before in what it belongs to: a feature of its context.</summary>
/// <param name="Names">Their names.</param>
internal sealed record AvoidedProviders(IReadOnlyCollection<string> Names)
{
    /// <summary>The same chain with them at its end.</summary>
    public ModelRoute MoveBack(ModelRoute first)
    {
        ModelRoute[] chain = [.. first.Fallback.Prepend(first).OrderBy(route => Names.Contains(route.Provider.Name))];
        return ReferenceEquals(chain[0], first) ? first : chain[0] with { Fallback = [.. chain[1..].Select(Alone)] };
    }

    private static ModelRoute Alone(ModelRoute route) => route.Fallback.IsEmpty ? route : route with { Fallback = [] };
}
