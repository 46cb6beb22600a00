namespace GroqKit.Gateway.Services.Sync;

/// <summary>A model that a provider offers, or offered.</summary>
/// <param name="Tenant">Whose provider it is.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">What it calls the model.</param>
/// <param name="Pricing">The members of the entry's <c>pricing</c> as a JSON object; null where it names no prices.</param>
/// <param name="PricedAt">Since when it names these.</param>
/// <param name="FirstSeen">When it was first listed.</param>
/// <param name="LastSeen">When it was last listed.</param>
/// <param name="RetiredAt">Since when it is missing; null while it is there.</param>
internal sealed record ListedModel(
    string Tenant,
    string Provider,
    string Model,
    string? Pricing,
    DateTimeOffset PricedAt,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    DateTimeOffset? RetiredAt
);
