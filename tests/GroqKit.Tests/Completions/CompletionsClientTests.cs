using GroqKit.Chat;
using GroqKit.Completions;

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

    private static string Piece(int index, string text, string finish = "null") =>
        $$"""data: {"id":"cmpl-1","object":"text_completion","choices":[{"text":"{{text}}","index":{{index}},"finish_reason":{{finish}}}]}"""
        + "\n\n";
}
