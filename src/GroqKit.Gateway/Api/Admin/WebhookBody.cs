namespace GroqKit.Gateway.Api.Admin;

/// <summary>The body that makes or changes a webhook target, for the API document.</summary>
internal sealed record WebhookBody(string Url, string? Description, IReadOnlyList<string>? Events, bool? Enabled);
