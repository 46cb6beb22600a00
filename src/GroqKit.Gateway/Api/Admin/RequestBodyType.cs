namespace GroqKit.Gateway.Api.Admin;

/// <summary>Tells the API document what a route's body looks like.</summary>
internal sealed record RequestBodyType(Type Type);
