using GroqKit.Providers.Fallback;

namespace GroqKit.Providers.Choosing;

/// <summary>A candidate that was not chosen.</summary>
/// <param name="Target">The candidate.</param>
/// <param name="Reason">Why, for example <c>lacks vision</c>.</param>
public sealed record PassedOverModel(FallbackTarget Target, string Reason);
