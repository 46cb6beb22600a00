namespace GroqKit.Gateway.Services.Objects;

/// <summary>Something that a provider keeps for a tenant: others of the same provider account don't see it.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Kind">One of <see cref="ObjectKinds"/>.</param>
/// <param name="Id">The provider's id.</param>
/// <param name="Provider">Who keeps it.</param>
/// <param name="KeyId">The key that made it.</param>
/// <param name="CreatedAt">When the gateway first saw it.</param>
internal sealed record OwnedObject(
    string Tenant,
    string Kind,
    string Id,
    string Provider,
    string KeyId,
    DateTimeOffset CreatedAt
)
{
    /// <summary>Under which name the values are kept that its placeholders stand for; null where nobody asked for them.</summary>
    public string? Masks { get; init; }
}
