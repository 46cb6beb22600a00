namespace GroqKit.Gateway.Services.Providers;

/// <summary>A provider's share as the admin API shows it.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Enabled">False when it gets no calls.</param>
/// <param name="Percent">Of the calls meant for it, how many it gets; the others go to the next of the chain.</param>
internal sealed record ShareView(string Provider, bool Enabled, int Percent);
