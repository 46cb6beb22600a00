namespace GroqKit.Gateway.Services.Keys;

/// <summary>Those who share a gateway without seeing each other.</summary>
internal static class Tenants
{
    /// <summary>
    /// The operator's own. Its keys may act for any tenant by <c>?tenant=NAME</c>, and its providers serve all tenants. A gateway for
    /// one team needs no other.
    /// </summary>
    public const string Home = "default";
}
