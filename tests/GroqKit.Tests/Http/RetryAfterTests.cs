using GroqKit.Http;

namespace GroqKit.Tests.Http;

[Requirement("CL-19")]
public sealed class RetryAfterTests
{
    private static readonly ManualTimeProvider Clock = new();

    [Theory]
    [InlineData("retry-after", "35", 35)]
    [InlineData("retry-after", "0", 0)]
    [InlineData("retry-after", "1.5", 1.5)]
    [InlineData("retry-after-ms", "250", 0.25)]
    [InlineData("retry-after", "Sun, 01 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("retry-after", "Sun, 01 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("retry-after", "1e300", 3650 * 86400.0)]
    [InlineData("retry-after", "Infinity", 3650 * 86400.0)]
    public void A_wait_is_read_as_seconds_milliseconds_or_date(string name, string value, double seconds) =>
        Read((name, value))!.Value.TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("Sun, 99 Nov 2026 12:00:30 GMT")]
    public void Garbage_is_no_wait(string value) => Read(("retry-after", value)).ShouldBeNull();

    [Fact]
    public void Milliseconds_beat_seconds() =>
        Read(("retry-after", "60"), ("retry-after-ms", "5"))!.Value.TotalMilliseconds.ShouldBe(5);

    private static TimeSpan? Read(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return RetryAfter.From(response.Headers, Clock);
    }
}
