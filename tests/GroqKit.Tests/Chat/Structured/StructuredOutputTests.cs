using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Chat;
using GroqKit.TestKit.Contract;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-18")]
public sealed class StructuredOutputTests
{
    private const string Dish = """
        {"name":"Soup","servings":2,"course":"Main","second":null,"note":null,
        "ingredients":[{"name":"Water","amount":500.5}],"rest":"00:10:00","isVegan":true}
        """;

    [Fact]
    public void An_answer_is_read_as_the_type()
    {
        Recipe recipe = StructuredOutput.For<Recipe>().Read(Answer(Dish));

        recipe.Name.ShouldBe("Soup");
        recipe.Course.ShouldBe(Course.Main);
        recipe.Second.ShouldBeNull();
        recipe.Ingredients.ShouldBe([new Ingredient("Water", 500.5)]);
        recipe.Rest.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void What_was_wrapped_is_unwrapped()
    {
        StructuredOutput.For<int>().Read("""{"value":7}""").ShouldBe(7);
        StructuredOutput.For<Course?>().Read("""{"value":null}""").ShouldBeNull();
        StructuredOutput.For<string[]>().Read("""{"value":["a","b"]}""").ShouldBe(["a", "b"]);
        StructuredOutput
            .For<Shape>()
            .Read("""{"value":{"kind":"circle","radius":2,"name":"c"}}""")
            .ShouldBe(new Circle("c", 2));
    }

    [Theory]
    [InlineData("", StructuredOutputFailure.Missing)]
    [InlineData(" \n", StructuredOutputFailure.Missing)]
    [InlineData("Sure! Here it is", StructuredOutputFailure.NotJson)]
    [InlineData("{\"name\":\"Soup\"", StructuredOutputFailure.NotJson)]
    [InlineData("{} {}", StructuredOutputFailure.NotJson)]
    [InlineData("null", StructuredOutputFailure.Mismatch)]
    [InlineData("[]", StructuredOutputFailure.Mismatch)]
    [InlineData("{\"servings\":\"many\"}", StructuredOutputFailure.Mismatch)]
    [InlineData("{\"course\":\"Breakfast\"}", StructuredOutputFailure.Mismatch)]
    public void An_answer_that_is_not_the_type_fails_and_keeps_its_text(string text, StructuredOutputFailure reason)
    {
        ChatCompletion completion = Answer(text);

        var error = Should.Throw<GroqStructuredOutputException>(() => StructuredOutput.For<Recipe>().Read(completion));

        error.Reason.ShouldBe(reason);
        error.Text.ShouldBe(text);
        error.FailedGeneration.ShouldBe(text);
        error.Completion.ShouldBeSameAs(completion);
        error.Message.ShouldContain("Recipe");
        error.IsRetryable.ShouldBeTrue();
    }

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"Value":7}""")]
    [InlineData("""{"value":"seven"}""")]
    [InlineData("""{"value":3000000000}""")]
    public void A_wrapped_answer_that_is_not_the_type_fails(string text) =>
        Should
            .Throw<GroqStructuredOutputException>(() => StructuredOutput.For<int>().Read(text))
            .Reason.ShouldBe(StructuredOutputFailure.Mismatch);

    [Theory]
    [InlineData("{\"name\":\"So")]
    [InlineData("")]
    public void An_answer_that_reached_the_token_limit_says_so_and_is_not_worth_repeating(string text)
    {
        ChatCompletion completion = Answer(text, FinishReason.Length);

        var error = Should.Throw<GroqStructuredOutputException>(() => StructuredOutput.For<Recipe>().Read(completion));

        error.Reason.ShouldBe(StructuredOutputFailure.Truncated);
        error.IsRetryable.ShouldBeFalse();
    }

    [Fact]
    public void An_answer_without_a_choice_is_missing() =>
        Should
            .Throw<GroqStructuredOutputException>(() => StructuredOutput.For<int>().Read(new ChatCompletion()))
            .Reason.ShouldBe(StructuredOutputFailure.Missing);

    [Fact]
    public void Whatever_is_written_of_a_type_fits_its_schema_and_is_read_back()
    {
        StructuredOutput<Pair> output = StructuredOutput.For<Pair>();
        Gen<Node> nodes = Gen.Sized(size => Nodes(size / 10));
        Prop.ForAll(
                (
                    from left in nodes
                    from right in Gen.OneOf(nodes.Select(node => (Node?)node), Gen.Constant<Node?>(null))
                    select new Pair(left, right)
                ).ToArbitrary(),
                pair =>
                {
                    string json = JsonSerializer.Serialize(pair, JsonSerializerOptions.Web);
                    JsonSchemaValidator
                        .Validate(output.Format.JsonSchema!.Schema!.Value, ChatRequestSamples.Json(json))
                        .ShouldBeEmpty();
                    System
                        .Text.Json.JsonSerializer.Serialize(output.Read(json))
                        .ShouldBe(JsonSerializer.Serialize(pair));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Reading_any_text_gives_the_type_or_the_one_error()
    {
        StructuredOutput<Recipe> output = StructuredOutput.For<Recipe>();
        Prop.ForAll<NonNull<string>, PositiveInt>(
                (text, cut) =>
                {
                    foreach (string answer in new[] { text.Get, Dish[..(cut.Get % Dish.Length)] })
                        Should.Throw<GroqStructuredOutputException>(() => output.Read(answer)).Text.ShouldBe(answer);
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static Gen<Node> Nodes(int size) =>
        from value in ArbMap.Default.GeneratorFor<int>()
        from next in size == 0
            ? Gen.Constant<Node?>(null)
            : Gen.OneOf(Gen.Constant<Node?>(null), Nodes(size / 2).Select(node => (Node?)node))
        from children in size == 0
            ? Gen.Constant(new List<Node>())
            : Nodes(size / 2).ListOf(2).Select(list => list.ToList())
        select new Node(value, next, children);

    private static ChatCompletion Answer(string? text, FinishReason? reason = null) =>
        new()
        {
            Choices =
            [
                new ChatChoice
                {
                    Message = new AssistantMessage { Content = text },
                    FinishReason = reason ?? FinishReason.Stop,
                },
            ],
        };
}
