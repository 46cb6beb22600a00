using System.Text;
using GroqKit.Chat;
using GroqKit.EndToEnd.Running;
using GroqKit.Models;

namespace GroqKit.EndToEnd.Clients;

/// <summary>Our own client through the gateway to the simulator: the whole stack.</summary>
[Requirement("CL-10", "GW-02", "SM-01")]
public sealed class GroqClientTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IDisposable
{
    private const string Model = "openai/gpt-oss-20b";

    private readonly GroqClient _groq = new(
        new GroqClientOptions
        {
            ApiKey = GatewayFixture.Key,
            BaseUrl = gateway.Address.ToString(),
            Retry = { MaxRetries = 0 },
        }
    );

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_streamed_answer_collects_into_the_whole_one()
    {
        var request = new ChatRequest
        {
            Model = Model,
            Messages = ["Tell me about tides."],
            Seed = 7,
        };
        var text = new StringBuilder();

        await using ChatStream stream = await _groq.Chat.StreamAsync(request, cancellationToken: Cancelled);
        await foreach (ChatChunk chunk in stream.WithCancellation(Cancelled))
            text.Append(chunk.Text);
        ChatCompletion whole = await _groq.Chat.CreateAsync(request, cancellationToken: Cancelled);

        text.ToString().ShouldBe(whole.Text);
        stream.Ending.ShouldBe(StreamEnding.Completed);
    }

    [Theory]
    [InlineData("sim/cut")]
    [InlineData("sim/error-event")]
    [InlineData("sim/malformed")]
    public async Task A_stream_that_breaks_never_looks_whole(string model)
    {
        var request = new ChatRequest { Model = model, Messages = ["Tell me about tides."] };

        await using ChatStream stream = await _groq.Chat.StreamAsync(request, cancellationToken: Cancelled);

        await Should.ThrowAsync<GroqStreamException>(async () =>
        {
            await foreach (ChatChunk chunk in stream.WithCancellation(Cancelled))
                chunk.ShouldNotBeNull();
        });
        stream.Ending.ShouldBe(StreamEnding.Failed);
    }

    [Fact]
    public async Task Models_come_with_what_they_can_do()
    {
        ModelInfo model = await _groq.Models.GetAsync(Model, cancellationToken: Cancelled);

        model.Id.ShouldBe(Model);
        model.ContextWindow.ShouldBe(131_072);
    }

    public void Dispose() => _groq.Dispose();
}
