using System.Text.Json;
using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Tests.Services.Limits;

[Requirement("GW-14")]
public sealed class LimitPolicyTests
{
    private const string All = """
        {
          "requests": {"minute": 100, "day": 5000, "month": 100000},
          "tokens": {"minute": 60000},
          "audioSeconds": {"day": 3600.5},
          "characters": {"month": 1000000},
          "cost": {"day": 0.000000001, "month": 20.5}
        }
        """;

    [Fact]
    public void Limits_are_read_and_written_in_one_form()
    {
        LimitPolicy read = Read(All);

        read.Limits.Length.ShouldBe(8);
        read.Limits.ShouldContain(new Limit(LimitUnit.AudioSeconds, LimitWindow.Day, 3600.5m));
        read.Limits.ShouldContain(new Limit(LimitUnit.Cost, LimitWindow.Month, 20.5m));
        string written = JsonSerializer.Serialize(read);
        JsonSerializer.Deserialize<LimitPolicy>(written).ShouldBe(read);
        JsonSerializer.Deserialize<LimitPolicy>(written)!.GetHashCode().ShouldBe(read.GetHashCode());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"requests": {}}""")]
    [InlineData("""{"requests": {"minute": null}}""")]
    public void What_is_not_named_is_not_limited(string json) => Read(json).IsUnlimited.ShouldBeTrue();

    [Theory]
    [InlineData("[]", "limits")]
    [InlineData("5", "limits")]
    [InlineData("""{"calls": {"minute": 1}}""", "limits.calls")]
    [InlineData("""{"Requests": {"minute": 1}}""", "limits.Requests")]
    [InlineData("""{"requests": 5}""", "limits.requests")]
    [InlineData("""{"requests": {"hour": 5}}""", "limits.requests.hour")]
    [InlineData("""{"requests": {"minute": "5"}}""", "limits.requests.minute")]
    [InlineData("""{"requests": {"minute": -1}}""", "limits.requests.minute")]
    [InlineData("""{"requests": {"minute": 1.5}}""", "limits.requests.minute")]
    [InlineData("""{"requests": {"minute": 1e300}}""", "limits.requests.minute")]
    [InlineData("""{"requests": {"minute": 1000000001}}""", "limits.requests.minute")]
    [InlineData("""{"requests": {"minute": 1, "minute": 2}}""", "limits.requests.minute")]
    [InlineData("""{"requests": {"minute": 1}, "requests": {"day": 2}}""", "limits.requests")]
    [InlineData("""{"cost": {"day": 0.0000000001}}""", "limits.cost.day")]
    [InlineData("""{"audioSeconds": {"day": 0.0001}}""", "limits.audioSeconds.day")]
    public void A_mistake_is_one_error_that_names_its_field(string json, string field)
    {
        LimitPolicyException wrong = Should.Throw<LimitPolicyException>(() => Read(json));

        wrong.Field.ShouldBe(field);
        wrong.Message.ShouldStartWith($"'{field}' ");
    }

    [Fact]
    public void A_pair_of_unit_and_window_has_one_limit()
    {
        var limit = new Limit(LimitUnit.Tokens, LimitWindow.Day, 1);

        Should.Throw<ArgumentException>(() => new LimitPolicy(limit, limit with { Amount = 2 }));
        Should.Throw<ArgumentException>(() => new LimitPolicy(limit with { Amount = -1 }));
    }

    private static LimitPolicy Read(string json) =>
        LimitPolicyJson.Read(JsonDocument.Parse(json).RootElement, "limits");
}
