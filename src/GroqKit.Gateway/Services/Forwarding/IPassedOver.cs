using GroqKit.Gateway.Services.Routing;
using GroqKit.Providers;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Told whom a call does not ask.</summary>
internal interface IPassedOver
{
    /// <param name="route">Who.</param>
    /// <param name="failure">What it would most likely end in; null when it is being tried out.</param>
    void PassedOver(ModelRoute route, ProviderFailure? failure);
}
