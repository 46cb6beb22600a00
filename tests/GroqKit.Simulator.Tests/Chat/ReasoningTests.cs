namespace GroqKit.Simulator.Tests.Chat;

[Requirement("SM-01")]
public sealed class ReasoningTests(Sim sim) : IClassFixture<Sim>
{
    [Theory]
    [InlineData(Sim.Quick, "", true, false, true)]
    [InlineData(Sim.Quick, "\"include_reasoning\":false", false, false, true)]
    [InlineData(Sim.Quick, "\"reasoning_format\":\"parsed\"", true, false, true)]
    [InlineData(Sim.Quick, "\"reasoning_format\":\"hidden\"", false, false, true)]
    [InlineData(Sim.Parallel, "", false, false, false)]
    [InlineData(Sim.Parallel, "\"reasoning_effort\":\"default\"", false, false, false)]
    [InlineData(Sim.Parallel, "\"reasoning_effort\":\"none\"", false, false, false)]
    [InlineData(Sim.Parallel, "\"reasoning_effort\":\"low\"", false, true, true)]
    [InlineData(Sim.Parallel, "\"reasoning_effort\":\"high\",\"reasoning_format\":\"raw\"", false, true, true)]
    [InlineData(Sim.Parallel, "\"reasoning_effort\":\"high\",\"reasoning_format\":\"parsed\"", true, false, true)]
    [InlineData(Sim.Parallel, "\"reasoning_effort\":\"high\",\"reasoning_format\":\"hidden\"", false, false, true)]
    [InlineData(Sim.Parallel, "\"reasoning_effort\":\"high\",\"include_reasoning\":true", true, false, true)]
    public async Task Thoughts_show_where_the_request_wants_them(
        string model,
        string more,
        bool inField,
        bool inContent,
        bool billed
    )
    {
        Reply reply = await sim.ChatAsync(Sim.Chat(more, model));

        reply.Status.ShouldBe(200);
        reply.Message.TryGetProperty("reasoning", out _).ShouldBe(inField);
        reply.Content.StartsWith("<think>", StringComparison.Ordinal).ShouldBe(inContent);
        reply.Json.GetProperty("usage").TryGetProperty("completion_tokens_details", out _).ShouldBe(billed);
    }

    [Fact]
    public async Task Only_gpt_oss_names_its_channel()
    {
        Reply oss = await sim.ChatAsync(Sim.Chat("\"stream\":true"));
        Reply qwen = await sim.ChatAsync(
            Sim.Chat("\"stream\":true,\"reasoning_effort\":\"low\",\"reasoning_format\":\"parsed\"", Sim.Parallel)
        );

        oss.Text.ShouldContain("\"channel\":\"analysis\"");
        qwen.Streamed("reasoning").ShouldNotBeEmpty();
        qwen.Text.ShouldNotContain("channel");
    }

    [Fact]
    public async Task More_effort_means_more_thoughts()
    {
        int[] tokens = await Task.WhenAll(
            new[] { "low", "medium", "high" }.Select(async effort =>
            {
                Reply reply = await sim.ChatAsync(Sim.Chat($"\"reasoning_effort\":\"{effort}\""));
                return reply
                    .Json.GetProperty("usage")
                    .GetProperty("completion_tokens_details")
                    .GetProperty("reasoning_tokens")
                    .GetInt32();
            })
        );

        tokens.ShouldBeInOrder();
        tokens[0].ShouldBeLessThan(tokens[2]);
    }
}
