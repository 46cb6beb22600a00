namespace GroqKit.Gateway.Services.Sync;

/// <summary>What <c>provider.down</c> and <c>provider.up</c> say.</summary>
internal sealed record ProviderEvent(string Provider, DateTimeOffset Since, string? Error);
