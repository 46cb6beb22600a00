namespace GroqKit.Gateway.Dashboard.Choosing;

/// <summary>A model that an agent can be set to.</summary>
/// <param name="Provider">Who serves it.</param>
/// <param name="Id">What the provider calls it.</param>
/// <param name="Kind">chat, transcription, speech and others; null where nobody says.</param>
/// <param name="Context">Tokens that it can look at.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="TokensPerSecond">What its provider states.</param>
/// <param name="Price">In words.</param>
/// <param name="Status">How far it can be relied on.</param>
/// <param name="Shutdown">When it goes, or went, away.</param>
/// <param name="Replacement">What its provider recommends in its place.</param>
internal sealed record ModelCard(
    string Provider,
    string Id,
    string? Kind,
    int? Context,
    IReadOnlyList<string> Capabilities,
    int? TokensPerSecond,
    string Price,
    string Status,
    DateOnly? Shutdown,
    string? Replacement
);
