using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Tests.Running;

/// <summary>Keys of callers for tests.</summary>
internal static class TestKeys
{
    /// <summary>A key whose id is <c>key_TEXT</c>.</summary>
    public static CallerKey Of(string text, CallerRole role = CallerRole.Caller, string tenant = Tenants.Home) =>
        KeyIssuer.Describe(text, DateTimeOffset.UnixEpoch) with
        {
            Id = "key_" + text,
            Name = text,
            Role = role,
            Tenant = tenant,
        };
}
