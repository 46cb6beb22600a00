namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>A message that came in, was signed, and is stored.</summary>
/// <param name="Tenant">Whom it was sent to.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="Id">Its <c>webhook-id</c>.</param>
/// <param name="SentAt">Its <c>webhook-timestamp</c>.</param>
/// <param name="Body">What it says: JSON.</param>
internal sealed record IncomingMessage(string Tenant, string Source, string Id, DateTimeOffset SentAt, string Body);
