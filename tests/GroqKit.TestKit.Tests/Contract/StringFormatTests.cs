using System.Text.Json;
using GroqKit.TestKit.Contract;

namespace GroqKit.TestKit.Tests.Contract;

public sealed class StringFormatTests
{
    [Theory]
    [InlineData("date-time", "2026-11-21T10:00:00Z")]
    [InlineData("date-time", "2026-11-21T10:00:00.123+02:00")]
    [InlineData("date", "2024-02-29")]
    [InlineData("time", "23:59:59Z")]
    [InlineData("duration", "P1DT2H")]
    [InlineData("duration", "P3W")]
    [InlineData("email", "a.b@example.org")]
    [InlineData("hostname", "api.example.org")]
    [InlineData("ipv4", "127.0.0.1")]
    [InlineData("ipv6", "::1")]
    [InlineData("uri", "https://example.org/a?b=c")]
    [InlineData("uri", "urn:isbn:1")]
    [InlineData("uuid", "7d1f6c1e-0000-4000-8000-000000000001")]
    [InlineData("binary", "\u0001")]
    public void Text_in_its_format_fits(string format, string value) => Fits(format, value).ShouldBeTrue();

    [Theory]
    [InlineData("date-time", "2026-11-21")]
    [InlineData("date-time", "2026-13-21T10:00:00Z")]
    [InlineData("date-time", "2026-11-21T10:00:00")]
    [InlineData("date", "2026-02-29")]
    [InlineData("date", "2026-2-1")]
    [InlineData("time", "25:00:00Z")]
    [InlineData("duration", "P")]
    [InlineData("duration", "PT")]
    [InlineData("duration", "1D")]
    [InlineData("email", "a@")]
    [InlineData("email", "Someone <a@example.org>")]
    [InlineData("hostname", "-a.org")]
    [InlineData("hostname", "a..org")]
    [InlineData("ipv4", "127.1")]
    [InlineData("ipv4", "256.0.0.1")]
    [InlineData("ipv6", "127.0.0.1")]
    [InlineData("ipv6", "[::1]")]
    [InlineData("uri", "/relative")]
    [InlineData("uri", "https://a b")]
    [InlineData("uuid", "7d1f6c1e")]
    public void Text_in_another_format_does_not_fit(string format, string value) => Fits(format, value).ShouldBeFalse();

    private static bool Fits(string format, string value)
    {
        JsonElement schema = JsonSerializer.SerializeToElement(new { type = "string", format });
        return JsonSchemaValidator.Validate(schema, JsonSerializer.SerializeToElement(value)).Count == 0;
    }
}
