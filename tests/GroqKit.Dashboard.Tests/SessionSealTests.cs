using System.Collections.Frozen;
using System.Security.Cryptography;
using GroqKit.Gateway.Dashboard.Sessions;
using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Dashboard.Tests;

[Requirement("UI-01")]
public sealed class SessionSealTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly CurrentSnapshot _current = new(
        new EnvironmentConfiguration(
            [new Provider("groq", new Uri("https://api.groq.com/openai/v1/"), "Bearer k", false)],
            AdminKey: null
        )
    );

    private readonly byte[] _masterKey = RandomNumberGenerator.GetBytes(AesSecretProtector.KeyLength);

    private SessionSeal Seal => new(new AesSecretProtector(_masterKey), _current, _time);

    [Fact]
    public void A_session_ends_after_twelve_hours()
    {
        string cookie = Seal.Create(Serve(Key()));

        _time.Advance(TimeSpan.FromHours(12) - Moment);
        Seal.Open(cookie).ShouldNotBeNull();
        _time.Advance(Moment);
        Seal.Open(cookie).ShouldBeNull();
    }

    [Fact]
    public void A_session_ends_with_its_key_where_that_expires_first()
    {
        CallerKey key = Key() with { ExpiresAt = _time.GetUtcNow() + TimeSpan.FromHours(1) };
        string cookie = Seal.Create(Serve(key));

        _time.Advance(TimeSpan.FromHours(1) - Moment);
        Seal.Open(cookie).ShouldNotBeNull();
        _time.Advance(Moment);
        Seal.Open(cookie).ShouldBeNull();
    }

    [Fact]
    public void A_session_permits_what_its_key_permits_now()
    {
        string cookie = Seal.Create(Serve(Key()));

        Serve(Key() with { Scopes = Scopes.UsageRead });

        Seal.Open(cookie)!.May(Scopes.UsageRead).ShouldBeTrue();
        Seal.Open(cookie)!.May(Scopes.AgentsWrite).ShouldBeFalse();
    }

    [Fact]
    public void A_session_of_another_master_key_lets_nobody_in()
    {
        string cookie = Seal.Create(Serve(Key()));

        new SessionSeal(
            new AesSecretProtector(RandomNumberGenerator.GetBytes(AesSecretProtector.KeyLength)),
            _current,
            _time
        )
            .Open(cookie)
            .ShouldBeNull();
    }

    [Fact]
    public void A_cookie_tells_nothing_of_the_key()
    {
        string cookie = Seal.Create(Serve(Key()));

        cookie.ShouldNotContain("key_of_a_test");
        Seal.Create(Serve(Key())).ShouldNotBe(cookie);
    }

    private static CallerKey Key() =>
        KeyIssuer.Describe("text of a test", DateTimeOffset.UnixEpoch) with
        {
            Id = "key_of_a_test",
            Role = CallerRole.Admin,
        };

    // The gateway knows that key and no other.
    private ValidKey Serve(CallerKey key)
    {
        GatewaySnapshot before = _current.Value;
        _current.Value = new GatewaySnapshot(
            before.Version + 1,
            new KeyRing([key]),
            FrozenDictionary<string, TenantView>.Empty,
            before[Tenants.Home]
        );
        return ValidKey.Of(key).Single();
    }
}
