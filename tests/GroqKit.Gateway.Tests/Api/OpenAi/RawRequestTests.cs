using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-18", "GW-02")]
public sealed class RawRequestTests
{
    private const string Auth = "Authorization: Bearer " + RunningGateway.Key;

    public static TheoryData<string, string> BadRequests =>
        new()
        {
            {
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\rx: 1\r\nContent-Length: 2\r\n\r\n{{}}",
                "400"
            },
            {
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\nx: 1\r\n\tfolded\r\nContent-Length: 2\r\n\r\n{{}}",
                "400"
            },
            {
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\r\n{Auth}\r\nContent-Length: 2\r\n\r\n{{}}",
                "401"
            },
            {
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}",
                "400"
            },
            {
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
                "400"
            },
            {
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n",
                "400"
            },
            {
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\r\nx: {new string('h', 20_000)}\r\n\r\n",
                "431"
            },
            { $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Many(70)}\r\n", "431" },
            { $"GET /v1/models/{new string('m', 5_000)} HTTP/1.1\r\nHost: h\r\n{Auth}\r\n\r\n", "414" },
            { $"GET /v1/models HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer a\0b\r\n\r\n", "400" },
        };

    [Theory]
    [InlineData("/v1/chat/completions", "application/json")]
    [InlineData("/v1/audio/transcriptions", "multipart/form-data; boundary=b")]
    public async Task A_body_of_two_types_is_refused(string path, string type)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await using RawConnection raw = await RawConnection.OpenAsync(gateway.Address);

        await raw.SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: h\r\n{Auth}\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Type: text/plain\r\nContent-Length: {RunningGateway.Hello.Length}\r\n\r\n{RunningGateway.Hello}"
        );
        string answer = await raw.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("\"param\":\"content-type\"");
        answer.ShouldContain("\"duplicate_parameter\"");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task What_is_no_proper_request_gets_no_further(string request, string status)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await using RawConnection raw = await RawConnection.OpenAsync(gateway.Address);

        await raw.SendAsync(request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        string answer = await raw.ReadToEndAsync();

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldNotContain("Server:");
        answer.ShouldNotContain("   at ");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_in_small_pieces_is_read_whole()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await using RawConnection raw = await RawConnection.OpenAsync(gateway.Address);
        string body = RunningGateway.Hello.Replace("Hello", "Grüße 😀");
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body);

        await raw.SendAsync(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n{Auth}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        foreach (byte single in bytes)
            await raw.SendAsync((byte[])[(byte)'1', (byte)'\r', (byte)'\n', single, (byte)'\r', (byte)'\n']);
        await raw.SendAsync("0\r\n\r\n");
        string answer = await raw.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 200 ");
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldBe(body);
    }

    private static string Many(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"x{i}: 1\r\n"));
}
