namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>A webhook secret as it is stored.</summary>
/// <param name="Protected">What the protector made of it.</param>
/// <param name="CreatedAt">Since when it is used.</param>
/// <param name="ExpiresAt">Until when, once there is a newer one.</param>
internal sealed record SealedSecret(string Protected, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
