namespace GroqKit.Gateway.Services.Sync;

/// <summary>What <c>key.expiring</c> says.</summary>
internal sealed record KeyEvent(string Id, string Name, DateTimeOffset ExpiresAt);
