using GroqKit.Gateway.Infrastructure.Redis;

namespace GroqKit.Gateway.Tests.Infrastructure.Redis;

[Requirement("GW-20")]
public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("redis://cache", "cache:6379", false, null, null)]
    [InlineData("redis://cache:7000/3", "cache:7000", false, null, 3)]
    [InlineData("rediss://:p%40ss@cache:7000", "cache:7000", true, "p@ss", null)]
    [InlineData("redis://default:secret@127.0.0.1", "127.0.0.1:6379", false, "secret", null)]
    [InlineData("cache:7000,password=secret,ssl=true,defaultDatabase=2", "cache:7000", true, "secret", 2)]
    [InlineData("one:7000,two:7001", "one:7000, two:7001", false, null, null)]
    public void An_address_is_read_and_its_text_holds_no_secret(
        string text,
        string shown,
        bool encrypted,
        string? password,
        int? database
    )
    {
        var address = RedisAddress.Parse(text);

        string.Join(", ", address.ToOptions().EndPoints.Select(StackExchange.Redis.EndPointCollection.ToString))
            .Replace("Unspecified/", "")
            .ShouldBe(shown);
        address.ToString().Replace("Unspecified/", "").ShouldBe(shown);
        address.ToOptions().Ssl.ShouldBe(encrypted);
        address.ToOptions().Password.ShouldBe(password);
        address.ToOptions().DefaultDatabase.ShouldBe(database);
        // Whoever starts the gateway first, Redis or the gateway, is not to matter.
        address.ToOptions().AbortOnConnectFail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("http://cache")]
    [InlineData("redis://")]
    [InlineData("redis://cache/words-hunter2")]
    [InlineData("redis://cache/1?x=hunter2")]
    [InlineData("redis://someone:hunter2@cache")]
    [InlineData("cache:6379,pasword=hunter2")]
    [InlineData("cache:6379,ssl=hunter2")]
    [InlineData("password=hunter2")]
    [InlineData(",")]
    public void A_wrong_address_is_refused_without_its_secret(string text) =>
        Should.Throw<FormatException>(() => RedisAddress.Parse(text)).Message.ShouldNotContain("hunter2");
}
