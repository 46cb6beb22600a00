namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body that sets a provider's share, for the API document.</summary>
internal sealed record ShareBody(int Percent);
