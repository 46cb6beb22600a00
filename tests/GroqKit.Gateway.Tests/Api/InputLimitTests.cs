using System.Net;
using System.Text;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api;

/// <summary>What is too much, for every route that takes JSON: refused with the reason, and nothing of it reaches a provider.</summary>
[Requirement("GW-18")]
public sealed class InputLimitTests
{
    private const int JsonLimit = 4_000_000;
    private const int AdminLimit = 256 * 1024;

    private static readonly (string Path, int Limit, string Start)[] Routes =
    [
        ("/v1/chat/completions", JsonLimit, """{"model":"m","messages":[{"role":"user","content":"Hi"}],"""),
        ("/openai/v1/chat/completions", JsonLimit, """{"model":"m","messages":[{"role":"user","content":"Hi"}],"""),
        ("/api/agents", AdminLimit, """{"name":"bot","""),
        ("/api/keys", AdminLimit, """{"name":"shop","role":"caller","""),
        ("/api/providers", AdminLimit, """{"name":"other","kind":"openai","apiKey":"k","""),
        ("/api/estimate", JsonLimit, """{"model":"m","""),
    ];

    public static IEnumerable<TheoryDataRow<string, string, string, HttpStatusCode>> Cases()
    {
        foreach ((string path, int limit, string start) in Routes)
        {
            foreach ((string what, Func<string, string> body, HttpStatusCode status) in Bodies(limit))
                yield return new(path, what, body(start), status) { TestDisplayName = $"{path}: {what}" };
        }
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public async Task Too_much_is_refused_with_the_reason(string path, string what, string body, HttpStatusCode status)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(body, path);

        answer.StatusCode.ShouldBe(status, what);
        ((string?)(await answer.ErrorAsync())["message"]).ShouldNotBeNullOrEmpty();
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_largest_that_is_allowed_passes()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        string start = Routes[0].Start + "\"x\":\"";

        using HttpResponseMessage answer = await gateway.ChatAsync(
            start + new string('a', JsonLimit - start.Length - 2) + "\"}"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static IEnumerable<(string What, Func<string, string> Body, HttpStatusCode Status)> Bodies(int limit) =>
        [
            (
                "a byte over the limit of the body",
                start => start + "\"x\":\"" + new string('a', limit - start.Length - 6) + "\"}",
                HttpStatusCode.RequestEntityTooLarge
            ),
            ("nothing", _ => "", HttpStatusCode.BadRequest),
            ("65 levels", start => $"{start}\"x\":{Nested(64)}}}", HttpStatusCode.BadRequest),
            ("100,000 levels", start => $"{start}\"x\":{Nested(100_000)}}}", HttpStatusCode.BadRequest),
            ("a member twice", start => $"{start}\"x\":1,\"x\":2}}", HttpStatusCode.BadRequest),
            ("a member twice, once escaped", start => $"{start}\"x\":1,\"\\u0078\":2}}", HttpStatusCode.BadRequest),
            (
                "a thousand members",
                start => start + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"x{i}\":1")) + "}",
                HttpStatusCode.BadRequest
            ),
            ("a number without end", start => $"{start}\"x\":1e", HttpStatusCode.BadRequest),
            ("an end that is missing", start => start + "\"x\":1", HttpStatusCode.BadRequest),
            ("more after the end", start => start + "\"x\":1}{}", HttpStatusCode.BadRequest),
            ("an array as long as the limit", _ => Array(limit / 2 - 1), HttpStatusCode.BadRequest),
        ];

    private static string Nested(int levels) =>
        new StringBuilder().Insert(0, "[", levels).Append(']', levels).ToString();

    private static string Array(int count) => new StringBuilder("[").Insert(1, "1,", count - 1).Append("1]").ToString();
}
