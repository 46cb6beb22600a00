using System.Net;
using System.Text;

namespace GroqKit.Tests.Telemetry;

/// <summary>Answers every chat with tokens of its choice; safe for all threads.</summary>
internal sealed class UsageHandler(Func<int, (int Input, int Output)> usage) : HttpMessageHandler
{
    private int _calls;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var (input, output) = usage(Interlocked.Increment(ref _calls));
        string body = $$"""
            {"id":"c","object":"chat.completion","created":1,"model":"openai/gpt-oss-20b","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}}} }
            """;
        return Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            }
        );
    }
}
