using System.Text;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class CallerLeavesTests
{
    [Theory]
    [InlineData("chat", "before the headers")]
    [InlineData("chat", "before the first bytes")]
    [InlineData("chat", "in the middle")]
    [InlineData("stream", "before the headers")]
    [InlineData("stream", "before the first bytes")]
    [InlineData("stream", "in the middle")]
    [InlineData("speech", "before the headers")]
    [InlineData("speech", "before the first bytes")]
    [InlineData("speech", "in the middle")]
    [InlineData("transcription", "before the headers")]
    [InlineData("transcription", "before the first bytes")]
    [InlineData("transcription", "in the middle")]
    public async Task The_provider_is_left_as_soon_as_the_caller_leaves(string kind, string window)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (string type, string part) = kind switch
        {
            "stream" => ("text/event-stream", Chunks.Role + Chunks.Word("some words")),
            "speech" => ("audio/mpeg", new string('s', 5_000)),
            _ => ("application/json", "{\"text\":\"some"),
        };
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (window != "before the headers")
            {
                context.Response.ContentType = type;
                await context.Response.Body.FlushAsync();
            }
            if (window == "in the middle")
            {
                await context.Response.WriteAsync(part);
                await context.Response.Body.FlushAsync();
            }
            asked.SetResult();
            await left.Task;
        });
        using var leaving = new CancellationTokenSource();

        Task<HttpResponseMessage> answering = gateway.Client.SendAsync(
            RequestOf(kind),
            HttpCompletionOption.ResponseHeadersRead,
            leaving.Token
        );
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        // A whole answer begins to leave once it is whole; of the others the caller has a part by then.
        bool hasBegun = window == "in the middle" && kind is ("stream" or "speech");
        if (hasBegun)
            (await answering).Dispose();
        else
            await leaving.CancelAsync();

        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.ClientGone);
        record.Status.ShouldBe(hasBegun ? 200 : 0);
        if (kind is "chat" or "stream")
        {
            record.Estimated.ShouldBeTrue();
            record.Usage.Prompt.ShouldBeGreaterThan(0);
        }
        gateway.Usage.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_caller_that_leaves_while_sending_costs_nothing()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(_ => Task.CompletedTask);
        await using (var raw = await RawConnection.OpenAsync(gateway.Address))
        {
            await raw.SendAsync(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {RunningGateway.Key}\r\nContent-Length: 1000\r\n\r\n{{\"model\""
            );
        }

        UsageRecord record = await gateway.Usage.NextAsync();

        record.Outcome.ShouldBeOneOf(Outcome.ClientGone, Outcome.Refused);
        record.Usage.IsEmpty.ShouldBeTrue();
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    private static HttpRequestMessage RequestOf(string kind)
    {
        if (kind == "transcription")
        {
            return new HttpRequestMessage(HttpMethod.Post, "/v1/audio/transcriptions")
            {
                Content = new MultipartFormDataContent
                {
                    { new StringContent("whisper-large-v3-turbo"), "model" },
                    { new ByteArrayContent(Audio.Sounds.Wav(1)), "file", "a.wav" },
                },
            };
        }
        return new HttpRequestMessage(HttpMethod.Post, kind == "speech" ? "/v1/audio/speech" : "/v1/chat/completions")
        {
            Content = new StringContent(
                kind switch
                {
                    "speech" => """{"model":"m","input":"Hello","voice":"autumn","response_format":"mp3"}""",
                    "stream" => RunningGateway.HelloStream,
                    _ => RunningGateway.Hello,
                },
                Encoding.UTF8,
                "application/json"
            ),
        };
    }
}
