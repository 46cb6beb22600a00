using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Infrastructure.Secrets;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Realtime;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Services.Realtime;

[Requirement("GW-19")]
public sealed class ClientSecretsTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly AesSecretProtector _protector;
    private readonly CurrentSnapshot _current = new(
        new EnvironmentConfiguration(
            [new Provider("groq", new Uri("https://api.groq.com/openai/v1/"), "Bearer k", false)],
            AdminKey: null
        )
    );

    public ClientSecretsTests()
    {
        _protector = new AesSecretProtector(RandomNumberGenerator.GetBytes(AesSecretProtector.KeyLength));
        CallerKey key = TestKeys.Of("page");
        GatewaySnapshot before = _current.Value;
        _current.Value = new GatewaySnapshot(
            before.Version + 1,
            new KeyRing([key]),
            FrozenDictionary<string, TenantView>.Empty,
            before[Tenants.Home]
        );
        Key = ValidKey.Of(key).Single();
    }

    private ClientSecrets Secrets => new(_protector, _current, _time);

    private ValidKey Key { get; }

    [Fact]
    public void A_secret_holds_its_settings_until_its_end()
    {
        DateTimeOffset end = _time.GetUtcNow() + TimeSpan.FromMinutes(10);
        string secret = Secrets.Create(Key, new JsonObject { ["model"] = "agent/a", ["instructions"] = "“ja”" }, end);

        _time.Advance(TimeSpan.FromMinutes(10) - Moment);
        ClientSecret opened = Secrets.Open(secret);
        _time.Advance(Moment);

        opened.Key.Key.Id.ShouldBe(Key.Key.Id);
        opened.Model.ShouldBe("agent/a");
        opened.Session["instructions"]!.GetValue<string>().ShouldBe("“ja”");
        Code(() => Secrets.Open(secret)).ShouldBe("expired_api_key");
    }

    [Fact]
    public void A_secret_does_not_tell_what_is_in_it_and_can_stand_among_protocols()
    {
        string secret = Secrets.Create(Key, new JsonObject { ["instructions"] = "hush" }, DateTimeOffset.MaxValue);

        secret.ShouldNotContain(Key.Key.Id);
        secret.ShouldAllBe(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter == '.' || letter == '-' || letter == '_'
        );
    }

    [Fact]
    public void What_was_sealed_for_something_else_is_no_secret()
    {
        string other = ClientSecrets.Prefix + _protector.Protect("dashboard/session", "{}");

        Code(() => Secrets.Open(other)).ShouldBe("invalid_api_key");
    }

    [Fact]
    public void Without_a_master_key_there_are_no_secrets()
    {
        var secrets = new ClientSecrets(new AesSecretProtector(null), _current, _time);

        Code(() => secrets.Create(Key, [], DateTimeOffset.MaxValue)).ShouldBe("master_key_missing");
        Code(() => secrets.Open("ek_v2.a.b.c")).ShouldBe("invalid_api_key");
    }

    private static string? Code(Action act) => Should.Throw<GatewayException>(act).Error.Code;
}
