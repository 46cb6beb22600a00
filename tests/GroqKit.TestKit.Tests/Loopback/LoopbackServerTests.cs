using System.Net;
using System.Text;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.TestKit.Tests.Loopback;

public sealed class LoopbackServerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_caller_sent_is_remembered()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Answer.Json("{}"), cancellationToken: Stop);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var content = new StringContent("""{"a":1}""", Encoding.UTF8, "application/json");
        content.Headers.Add("x-two", ["one", "two"]);

        await client.PostAsync("/v1/models/openai%2Fgpt?q=%20", content, Stop);

        RecordedRequest request = await server.NextRequestAsync(Stop);
        request.Method.ShouldBe("POST");
        request.Target.ShouldBe("/v1/models/openai%2Fgpt?q=%20");
        request.Headers["X-Two"].ShouldBe("one, two");
        request.Text.ShouldBe("""{"a":1}""");
        server.Requests.ShouldBe([request]);
    }

    [Fact]
    public async Task The_answer_can_read_the_body_that_was_remembered()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            async context => await context.Request.Body.CopyToAsync(context.Response.Body, Stop),
            cancellationToken: Stop
        );
        using var client = new HttpClient { BaseAddress = server.Address };

        HttpResponseMessage echo = await client.PostAsync("/", new StringContent("back"), Stop);

        (await echo.Content.ReadAsStringAsync(Stop)).ShouldBe("back");
    }

    [Fact]
    public async Task Answers_in_turn_repeat_the_last_one()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            Answer.InTurn(Answer.Json("{}", 429, ("retry-after", "2")), Answer.Json("""{"ok":true}""")),
            cancellationToken: Stop
        );
        using var client = new HttpClient { BaseAddress = server.Address };

        HttpResponseMessage first = await client.GetAsync("/", Stop);
        HttpResponseMessage second = await client.GetAsync("/", Stop);
        HttpResponseMessage third = await client.GetAsync("/", Stop);

        first.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        first.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await third.Content.ReadAsStringAsync(Stop)).ShouldBe("""{"ok":true}""");
    }

    [Fact]
    public async Task Events_are_framed_and_their_end_is_the_end_of_the_body()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            Answer.Events("{}", "[DONE]"),
            cancellationToken: Stop
        );
        using var client = new HttpClient { BaseAddress = server.Address };

        HttpResponseMessage answer = await client.GetAsync("/", Stop);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe("data: {}\n\ndata: [DONE]\n\n");
    }

    [Fact]
    public async Task A_caller_that_leaves_is_seen_by_the_answer()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            async context =>
            {
                using CancellationTokenRegistration gone = context.RequestAborted.Register(() => left.SetResult());
                arrived.SetResult();
                await left.Task;
            },
            cancellationToken: Stop
        );
        using var client = new HttpClient { BaseAddress = server.Address };
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Stop);

        Task<HttpResponseMessage> call = client.GetAsync("/", leave.Token);
        await arrived.Task;
        await leave.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_an_answer_that_never_ends()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LoopbackServer server = await LoopbackServer.StartAsync(
            context =>
            {
                arrived.SetResult();
                return Forever.WaitAsync(context.RequestAborted);
            },
            cancellationToken: Stop
        );
        using var client = new HttpClient { BaseAddress = server.Address };
        Task<HttpResponseMessage> call = client.GetAsync("/", Stop);
        await arrived.Task;

        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Stop);

        await Should.ThrowAsync<HttpRequestException>(call);
    }
}
