using System.Text;
using GroqKit.Batches;
using GroqKit.Json;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Batches;

[Requirement("CL-17", "CL-18")]
public sealed class BatchResultsTests
{
    private const string Input = """
        {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{}}
        {"custom_id":"b","method":"POST","url":"/v1/chat/completions","body":{}}
        {"custom_id":"c","method":"POST","url":"/v1/chat/completions","body":{}}
        {"custom_id":"d","method":"POST","url":"/v1/chat/completions","body":{}}
        {"custom_id":"e","method":"POST","url":"/v1/audio/transcriptions","body":{}}
        """;

    private const string Output = """
        {"id":"r3","custom_id":"c","response":{"status_code":200,"request_id":"req_3","body":{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"C"}}]}},"error":null}

        {"id":"r5","custom_id":"e","response":{"status_code":200,"request_id":"req_5","body":{"text":"heard"}}}
        not json at all
        {"id":"r1","custom_id":"a","response":{"status_code":200,"request_id":"req_1","body":{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"A 😀"}}]}}}
        """;

    private const string Errors = """
        {"id":"r2","custom_id":"b","response":{"status_code":429,"request_id":"req_2","body":{"error":{"message":"slow","type":"tokens","code":"rate_limit_exceeded"}}},"error":null}
        {"id":"r9","custom_id":"stranger","response":null,"error":{"code":"batch_expired","message":"too late"}}
        """;

    private static readonly Batch Done = new()
    {
        InputFileId = "in",
        OutputFileId = "out",
        ErrorFileId = "err",
    };

    [Fact]
    public async Task Results_come_in_the_order_of_the_requests_with_failures_kept_apart()
    {
        await using LoopbackServer server = await ServeAsync();
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var results = new List<BatchResult>();
        await foreach (BatchResult result in client.Batches.ReadResultsInOrderAsync(Done))
            results.Add(result);

        results.Select(result => result.CustomId).ShouldBe(["a", "b", "c", "d", "e", "", "stranger"]);
        results.Select(result => result.Position).ShouldBe([0, 1, 2, 3, 4, null, null]);
        results[0].Completion!.Text.ShouldBe("A 😀");
        results[0].RequestId.ShouldBe("req_1");
        results[0].Id.ShouldBe("r1");
        var limited = results[1].Error.ShouldBeOfType<GroqRateLimitException>();
        (limited.Message, limited.RequestId, results[1].StatusCode).ShouldBe(("slow", "req_2", 429));
        results[2].IsSuccess.ShouldBeTrue();
        results[3].Error!.Code.ShouldBe("result_missing");
        results[4].Completion.ShouldBeNull();
        results[4].Body!.Value.GetProperty("text").GetString().ShouldBe("heard");
        results[4].ReadBody(GroqJson.Context.ModelInfo)!.AdditionalProperties!.ShouldContainKey("text");
        results[5].Error.ShouldBeOfType<GroqServerException>().Body.ShouldBe("not json at all");
        results[6].Error!.Code.ShouldBe("batch_expired");
    }

    [Fact]
    public async Task The_callers_own_order_needs_no_input_file()
    {
        await using LoopbackServer server = await ServeAsync();
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var ids = new List<string>();
        await foreach (BatchResult result in client.Batches.ReadResultsInOrderAsync(Done, ["c", "a"]))
            ids.Add(result.CustomId);

        ids.ShouldBe(["c", "a", "e", "", "b", "stranger"]);
        server.Requests.Select(request => request.Target).ShouldNotContain("/openai/v1/files/in/content");
    }

    [Fact]
    public async Task Results_are_given_line_by_line_while_they_arrive()
    {
        var firstSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            string[] lines = Output.Split('\n');
            await context.Response.WriteAsync(lines[0] + "\n" + lines[2][..20]);
            await context.Response.Body.FlushAsync();
            await firstSeen.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await context.Response.WriteAsync(lines[2][20..]);
        });
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var ids = new List<string>();
        await foreach (BatchResult result in client.Batches.ReadResultsAsync(new() { OutputFileId = "out" }))
        {
            ids.Add(result.CustomId);
            firstSeen.TrySetResult();
        }

        ids.ShouldBe(["c", "e"]);
    }

    [Fact]
    public async Task A_batch_without_results_gives_none()
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        await foreach (BatchResult _ in client.Batches.ReadResultsAsync(new Batch()))
            Assert.Fail("There is nothing to read.");

        handler.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("7", "")]
    [InlineData("""{"custom_id":7,"response":{}}""", "")]
    [InlineData("""{"custom_id":"\ud800","response":{}}""", "")]
    [InlineData("""{"custom_id":"a","response":{}}""", "a")]
    [InlineData("""{"custom_id":"a","response":{"status_code":"x"}}""", "a")]
    [InlineData("""{"custom_id":"a","response":{"status_code":200,"body":{"choices":7}}}""", "a")]
    [InlineData("""{"custom_id":"a","response":{"status_code":500,"body":"<html>"}}""", "a")]
    public async Task A_line_of_any_form_is_a_result_with_an_error(string line, string customId)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Answer.Text("application/jsonl", line));
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        int count = 0;
        await foreach (BatchResult result in client.Batches.ReadResultsAsync(new() { OutputFileId = "out" }))
        {
            count++;
            result.CustomId.ShouldBe(customId);
            result.Error.ShouldBeOfType<GroqServerException>();
        }

        count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(70_000)]
    public async Task Lines_are_the_same_however_the_bytes_are_cut(int portion)
    {
        string text = "\uFEFFone\r\n\n" + new string('x', 200_000) + "\n  \nlast 😀";
        using var stream = new Chat.ScriptedStream(Encoding.UTF8.GetBytes(text), () => portion);
        var reader = new JsonLineReader(stream);

        var lines = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None))
            lines.Add(Encoding.UTF8.GetString(reader.Current.Span));

        lines.ShouldBe(["one", new string('x', 200_000), "last 😀"]);
        reader.Number.ShouldBe(5);
    }

    private static Task<LoopbackServer> ServeAsync() =>
        LoopbackServer.StartAsync(context =>
            Answer.Text(
                "application/octet-stream",
                context.Request.Path.Value switch
                {
                    "/openai/v1/files/in/content" => Input,
                    "/openai/v1/files/out/content" => Output,
                    _ => Errors,
                }
            )(context)
        );
}
