namespace GroqKit.Gateway.Services.Routing;

/// <summary>Whom a request asks, after a look at what it needs.</summary>
/// <param name="Route">Who, and who next.</param>
/// <param name="Reason">Why, in one line of ASCII; null where nothing was decided.</param>
internal readonly record struct PickedRoute(ModelRoute Route, string? Reason);
