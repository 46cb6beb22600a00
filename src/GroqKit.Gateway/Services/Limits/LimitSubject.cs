namespace GroqKit.Gateway.Services.Limits;

/// <summary>Someone whose use is limited.</summary>
/// <param name="Scope">What kind of someone.</param>
/// <param name="Owner">The key of a user, the tenant of an agent; empty for a key.</param>
/// <param name="Id">The name that is unique for scope and owner.</param>
internal readonly record struct LimitSubject(LimitScope Scope, string Owner, string Id);
