namespace GroqKit.Gateway.Dashboard.Choosing;

/// <summary>What one alternative would cost.</summary>
/// <param name="Provider">Who would serve.</param>
/// <param name="Model">With which model.</param>
/// <param name="Call">US dollars for one call; null when the price isn't known.</param>
/// <param name="Month">For the described load over 30 days; null likewise.</param>
internal sealed record LoadEstimate(string Provider, string Model, decimal? Call, decimal? Month);
