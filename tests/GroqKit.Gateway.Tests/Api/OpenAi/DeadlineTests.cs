using System.Net;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class DeadlineTests
{
    private const string Headers = "--GroqKit:Deadlines:Headers=20s";
    private const string Idle = "--GroqKit:Deadlines:Idle=5s";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_provider_that_does_not_begin_in_time_is_a_clean_error(bool stream)
    {
        var time = new ManualTimeProvider();
        await using RunningGateway gateway = await RunningGateway.StartAsync(Never, time, Headers, Idle);

        Task<HttpResponseMessage> answering = gateway.ChatAsync(
            stream ? RunningGateway.HelloStream : RunningGateway.Hello
        );
        await gateway.Provider.NextRequestAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(19));
        answering.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(2));

        using HttpResponseMessage answer = await answering;
        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await answer.ErrorAsync())["code"]!.GetValue<string>().ShouldBe("upstream_timeout");
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.HeadersTimeout);
        record.Estimated.ShouldBeTrue();
        record.Duration.ShouldBeInRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public async Task A_stream_that_stalls_ends_with_one_error_event()
    {
        var time = new ManualTimeProvider();
        await using RunningGateway gateway = await RunningGateway.StartAsync(Stalling, time, Headers, Idle);

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        Task<(string Text, Exception? Failure)> reading = answer.UntilBrokenAsync();
        while (!reading.IsCompleted)
        {
            // The timer looks, finds that the wait began late, and sleeps on: each look is one advance.
            await Task.WhenAny(reading, time.WhenArmedAsync());
            time.Advance(TimeSpan.FromSeconds(6));
        }

        (string text, Exception? failure) = await reading;
        failure.ShouldNotBeNull();
        StreamTests.AssertErrorEvent(
            text[Chunks.Role.Length..],
            "upstream_idle_timeout",
            answer.Header("x-request-id")
        );
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.IdleTimeout);
    }

    private static Task Never(HttpContext context) => Forever.WaitAsync(context.RequestAborted);

    private static async Task Stalling(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(Chunks.Role);
        await context.Response.Body.FlushAsync();
        await Never(context);
    }
}
