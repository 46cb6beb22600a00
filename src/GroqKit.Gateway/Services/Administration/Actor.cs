using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Services.Administration;

/// <summary>Who administers what.</summary>
/// <param name="Key">Who asks.</param>
/// <param name="Tenant">Whose configuration is meant.</param>
/// <param name="RequestId">The call's <c>x-request-id</c>.</param>
internal sealed record Actor(CallerKey Key, string Tenant, string RequestId);
