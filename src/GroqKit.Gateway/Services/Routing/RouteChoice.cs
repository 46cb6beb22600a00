using GroqKit.Providers.Choosing;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>Says of a chain that its order is each request's to find.</summary>
/// <param name="Name">What the caller said.</param>
/// <param name="Goals">What the choice has to keep to.</param>
internal sealed record RouteChoice(string Name, ChoiceGoals Goals);
