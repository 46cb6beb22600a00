using System.Globalization;
using GroqKit.Gateway.Api.OpenAi;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-06")]
public sealed class CostHeaderTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("1.50", "1.5")]
    [InlineData("100", "100")]
    [InlineData("0.0000015000", "0.0000015")]
    [InlineData("0.00000000000049", "0")]
    [InlineData("0.0000000000005", "0.000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void An_amount_has_up_to_twelve_decimals_and_no_zeros_behind_them(string cost, string text) =>
        CostHeader.TextOf(decimal.Parse(cost, CultureInfo.InvariantCulture)).ShouldBe(text);
}
