namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body that makes a webhook source, for the API document.</summary>
internal sealed record WebhookSourceBody(string Name, string Handler, string? Secret);
