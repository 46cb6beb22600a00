using System.Text;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class CallerLeavesTests
{
    [Theory]
    [InlineData("before the headers")]
    [InlineData("before the first event")]
    [InlineData("in mid-stream")]
    public async Task The_provider_is_left_as_soon_as_the_caller_leaves(string window)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            if (window != "before the headers")
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.Body.FlushAsync();
            }
            if (window == "in mid-stream")
            {
                await context.Response.WriteAsync(Chunks.Role + Chunks.Word("some words"));
                await context.Response.Body.FlushAsync();
            }
            asked.SetResult();
            await left.Task;
        });
        using var leaving = new CancellationTokenSource();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(RunningGateway.HelloStream, Encoding.UTF8, "application/json"),
        };

        Task<HttpResponseMessage> answering = gateway.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            leaving.Token
        );
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        if (window == "in mid-stream")
            (await answering).Dispose();
        else
            await leaving.CancelAsync();

        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.ClientGone);
        record.Estimated.ShouldBeTrue();
        record.Usage.Prompt.ShouldBeGreaterThan(0);
        record.Status.ShouldBe(window == "in mid-stream" ? 200 : 0);
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
}
