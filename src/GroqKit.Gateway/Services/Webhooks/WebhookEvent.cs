namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Something that happened, to be told.</summary>
/// <param name="Tenant">Whose targets are told.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="UniqueKey">The same for the same happening, whoever sees it and however often.</param>
/// <param name="Data">A JSON object without secrets or content.</param>
internal sealed record WebhookEvent(string Tenant, string Type, string UniqueKey, string Data);
