namespace GroqKit.Gateway.Services.Idempotency;

/// <summary>One run of a request that is to happen once.</summary>
/// <param name="Tenant">Whose call it is.</param>
/// <param name="KeyId">The caller's key; no other shares its answers.</param>
/// <param name="Route">Method and path.</param>
/// <param name="Key">The <c>Idempotency-Key</c>.</param>
/// <param name="Token">Of this run alone, so that one whose lease ran out changes nothing.</param>
internal sealed record IdempotencyClaim(string Tenant, string KeyId, string Route, string Key, string Token);
