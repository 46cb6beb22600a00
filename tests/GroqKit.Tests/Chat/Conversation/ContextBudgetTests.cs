using GroqKit.Catalog;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11", "CL-16")]
public sealed class ContextBudgetTests
{
    [Fact]
    public void A_model_of_the_catalogue_brings_its_window_and_a_quarter_of_it_is_for_the_answer()
    {
        ContextBudget budget = ContextBudget.For(GroqModels.GptOss20B);

        budget.ContextWindow.ShouldBe(131_072);
        budget.Room.ShouldBe(131_072 - 32_768);
    }

    [Fact]
    public void A_model_that_writes_little_leaves_more_room()
    {
        CatalogModel terse = ModelCatalog.Default.Models.First(model => model.MaxOutput < model.ContextWindow / 4);

        ContextBudget.For(terse.Id).Room.ShouldBe(terse.ContextWindow!.Value - terse.MaxOutput!.Value);
    }

    [Fact]
    public void A_model_without_a_known_window_needs_a_budget_of_its_own() =>
        Should
            .Throw<GroqValidationException>(() => Conversation.Empty.Fit("nobody/knows-me"))
            .Parameter.ShouldBe("model");

    [Fact]
    public void Room_is_never_less_than_nothing() =>
        new ContextBudget
        {
            ContextWindow = 10,
            AnswerTokens = int.MaxValue,
            OverheadTokens = int.MaxValue,
        }.Room.ShouldBe(0);

    [Theory]
    [InlineData(0, 1, 0, "ContextWindow")]
    [InlineData(10, 0, 0, "AnswerTokens")]
    [InlineData(10, 1, -1, "OverheadTokens")]
    public void A_budget_that_makes_no_sense_names_what_is_wrong(
        int window,
        int answer,
        int overhead,
        string parameter
    ) =>
        Should
            .Throw<GroqValidationException>(() =>
                Conversation.Empty.Fit(
                    new ContextBudget
                    {
                        ContextWindow = window,
                        AnswerTokens = answer,
                        OverheadTokens = overhead,
                    }
                )
            )
            .Parameter.ShouldBe(parameter);
}
