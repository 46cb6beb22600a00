namespace GroqKit.Gateway.Services.Providers;

/// <summary>What a trial call to a provider found.</summary>
/// <param name="Ok">Whether it answered and took the key.</param>
/// <param name="Status">The HTTP status; null when there was no answer.</param>
/// <param name="Error">What is wrong, in a sentence; null when nothing is.</param>
/// <param name="LatencyMs">How long the answer took.</param>
/// <param name="Models">How many models it offers, where it says so.</param>
internal sealed record ProviderCheck(bool Ok, int? Status, string? Error, double LatencyMs, int? Models);
