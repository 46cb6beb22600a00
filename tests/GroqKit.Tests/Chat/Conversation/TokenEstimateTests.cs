using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11")]
public sealed class TokenEstimateTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("ten letter", 3)]
    [InlineData("eleven lett", 4)]
    [InlineData("12,5", 4)]
    [InlineData("{\"a\":1}", 7)]
    [InlineData("für", 2)]
    [InlineData("こんにちは", 5)]
    [InlineData("🙂", 2)]
    public void A_text_is_counted_by_its_letters_and_signs(string? text, int tokens) =>
        TokenEstimate.Count(text).ShouldBe(tokens);

    // The vocabulary of GPT-OSS makes 10 tokens of it.
    [Fact]
    public void English_is_counted_with_too_many_rather_than_too_few_but_never_twice() =>
        TokenEstimate.Count("The quick brown fox jumps over the lazy dog.").ShouldBeInRange(10, 20);

    [Fact]
    public void A_message_costs_its_texts_its_images_its_calls_and_a_little_more()
    {
        TokenEstimate estimate = TokenEstimate.Default;
        ToolCall call = ToolCall.Create("id", "ten_letter", "{}");

        estimate.Count("ten letter").ShouldBe(4 + 3);
        estimate
            .Count(ChatMessage.User("ten letter", ContentPart.FromImageUrl("https://a.b/c")))
            .ShouldBe(4 + 3 + 2048);
        estimate.Count(ChatMessage.Assistant("ten letter", call, call)).ShouldBe(4 + 3 + 2 * (8 + 4 + 2));
        estimate.Count(ChatMessage.Assistant(null) with { Reasoning = "ten letter" }).ShouldBe(4 + 3);
        estimate
            .Count(ChatMessage.User(ContentPart.FromDocument(ChatRequestSamples.Json("""{"a":1}"""))))
            .ShouldBe(4 + 7);
    }

    [Fact]
    public void Tools_are_counted_as_the_request_holds_them()
    {
        Tool square = Tool.From((int number) => number * number, "square", "Squares a number");

        TokenEstimate.Count([square.Definition]).ShouldBeGreaterThan(50);
        TokenEstimate
            .Count([square.Definition, square.Definition])
            .ShouldBe(2 * TokenEstimate.Count([square.Definition]));
    }
}
