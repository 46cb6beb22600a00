using System.Text;
using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Completions;

[Requirement("CL-17")]
public sealed class CompletionsClientTests
{
    private static readonly CompletionRequest Request = new() { Model = "m", Prompt = "Once" };

    [Fact]
    public async Task An_answer_of_a_compatible_server_is_read()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(
            200,
            """
            {"id":"cmpl-1","object":"text_completion","created":5,"model":"m","choices":[{"text":" upon","index":0,"logprobs":null,
            "finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2},"odd":1}
            """
        );
        using GroqClient client = Clients.For(server);

        Completion answer = await client.Completions.CreateAsync(Request);

        answer.Text.ShouldBe(" upon");
        answer.Choices[0].FinishReason.ShouldBe(FinishReason.Length);
        answer.Usage!.TotalTokens.ShouldBe(2);
        answer.AdditionalProperties!["odd"].GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Pieces_add_up()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(
            Piece(0, " up")
                + Piece(1, "!")
                + Piece(0, "on", "\"stop\"")
                + "data: {\"usage\":{\"total_tokens\":2}}\n\ndata: [DONE]\n\n"
        );
        using GroqClient client = Clients.For(server);
        CompletionStream stream = await client.Completions.StreamAsync(Request);

        Completion answer = await stream.CollectAsync();

        answer.Choices.Select(choice => choice.Text).ShouldBe([" upon", "!"]);
        answer.Choices[0].FinishReason.ShouldBe(FinishReason.Stop);
        answer.Usage!.TotalTokens.ShouldBe(2);
        stream.Ending.ShouldBe(StreamEnding.Completed);
        stream.FirstToken.ShouldNotBeNull();
    }

    [Theory]
    [Requirement("CL-13")]
    [InlineData("", StreamFailure.Truncated)]
    [InlineData("data: {\n\n", StreamFailure.Malformed)]
    [InlineData("data: {\"error\":{\"message\":\"no\"}}\n\n", StreamFailure.ServerError)]
    [InlineData("event: error\ndata: {\"error\":{\"message\":\"no\"}}\n\n", StreamFailure.ServerError)]
    public async Task A_stream_that_breaks_keeps_what_came(string end, StreamFailure reason)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Piece(0, " up") + end);
        using GroqClient client = Clients.For(server);
        CompletionStream stream = await client.Completions.StreamAsync(Request);

        var error = await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        error.Reason.ShouldBe(reason);
        error.PartialAnswer.ShouldBeOfType<Completion>().Text.ShouldBe(" up");
        stream.Ending.ShouldBe(StreamEnding.Failed);
    }

    [Fact]
    [Requirement("CL-13")]
    public async Task A_stream_cut_at_any_byte_gives_the_exact_prefix_and_one_error()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Piece(0, " üp") + Piece(0, "on 😀") + Piece(0, " a", "\"stop\""));
        string[] prefixes = ["", " üp", " üpon 😀", " üpon 😀 a"];
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            using var body = new ScriptedStream(bytes[..cut], error: new IOException("reset"));
            using GroqClient client = Clients.For(
                new ScriptedHandler().NextStream(body),
                options => options.BaseUrl = "https://example.org"
            );
            CompletionStream stream = await client.Completions.StreamAsync(Request);
            int count = 0;

            var error = await Should.ThrowAsync<GroqStreamException>(async () =>
            {
                await foreach (Completion _ in stream)
                    count++;
            });

            count.ShouldBe(Encoding.UTF8.GetString(bytes, 0, cut).Split("\n\n").Length - 1);
            error.Reason.ShouldBe(StreamFailure.ConnectionLost);
            (((Completion)error.PartialAnswer!).Text ?? "").ShouldBe(prefixes[count]);
            stream.Ending.ShouldBe(StreamEnding.Failed);
            body.IsDisposed.ShouldBeTrue();
        }
    }

    private static string Piece(int index, string text, string finish = "null") =>
        $$"""data: {"id":"cmpl-1","object":"text_completion","choices":[{"text":"{{text}}","index":{{index}},"finish_reason":{{finish}}}]}"""
        + "\n\n";
}
