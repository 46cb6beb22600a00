using System.Text;
using GroqKit.Chat;

namespace GroqKit.EndToEnd.Live;

/// <summary>The real API, asked as little as possible; skipped without a key.</summary>
[Requirement("DL-04", "CL-10")]
public sealed class LiveChatTests
{
    private const string Model = "openai/gpt-oss-20b";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_real_api_answers_whole()
    {
        using GroqClient groq = Connect();

        ChatCompletion answer = await groq.Chat.CreateAsync(Request(), cancellationToken: Cancelled);

        answer.Text.ShouldNotBeNullOrWhiteSpace();
        answer.Usage.ShouldNotBeNull().TotalTokens.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_real_api_answers_in_a_stream()
    {
        using GroqClient groq = Connect();
        var text = new StringBuilder();

        await using ChatStream stream = await groq.Chat.StreamAsync(Request(), cancellationToken: Cancelled);
        await foreach (ChatChunk chunk in stream.WithCancellation(Cancelled))
            text.Append(chunk.Text);

        text.ToString().ShouldNotBeNullOrWhiteSpace();
        stream.Ending.ShouldBe(StreamEnding.Completed);
    }

    [Fact]
    public async Task The_real_api_lists_its_models()
    {
        using GroqClient groq = Connect();

        (await groq.Models.ListAsync(cancellationToken: Cancelled)).Data.ShouldContain(model => model.Id == Model);
    }

    private static ChatRequest Request() =>
        new()
        {
            Model = Model,
            Messages = ["Answer with the one word: yes."],
            ReasoningEffort = ReasoningEffort.Low,
            MaxCompletionTokens = 200,
        };

    private static GroqClient Connect()
    {
        string? key = Environment.GetEnvironmentVariable("GROQ_API_KEY");
        Assert.SkipWhen(string.IsNullOrWhiteSpace(key), "GROQ_API_KEY is not set.");
        return new GroqClient(new GroqClientOptions { ApiKey = key });
    }
}
