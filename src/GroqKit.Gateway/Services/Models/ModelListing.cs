using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Services.Models;

/// <summary>A model as its provider lists it.</summary>
/// <param name="Provider">Who serves it.</param>
/// <param name="Id">What the provider calls it.</param>
/// <param name="Details">The provider's own words about it.</param>
internal sealed record ModelListing(Provider Provider, string Id, JsonRequest Details);
