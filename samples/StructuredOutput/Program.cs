// An answer that is an object of yours: the type becomes the schema that the model has to follow.
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GroqKit;
using GroqKit.Catalog;
using GroqKit.Chat;

using var groq = new GroqClient(); // reads GROQ_API_KEY

StructuredCompletion<Recipe> answer = await groq.Chat.CreateAsync<Recipe>(
    new ChatRequest
    {
        Model = GroqModels.GptOss20B,
        Messages = ["A quick soup for two from what is in the cupboard: lentils, carrots, an onion."],
    }
);

Recipe recipe = answer.Value;
Console.WriteLine($"{recipe.Name} ({recipe.Difficulty}, {recipe.Minutes} minutes)");
Console.WriteLine();
foreach (Ingredient ingredient in recipe.Ingredients)
    Console.WriteLine($"  {ingredient.Amount, 8:0.##} {ingredient.Unit, -8} {ingredient.Name}");
Console.WriteLine();
for (int step = 0; step < recipe.Steps.Count; step++)
    Console.WriteLine($"  {step + 1}. {recipe.Steps[step]}");

[Description("A recipe for one dish")]
internal sealed record Recipe(
    string Name,
    Difficulty Difficulty,
    [property: Range(1, 600)] int Minutes,
    [property: MinLength(1)] IReadOnlyList<Ingredient> Ingredients,
    [property: MinLength(1)] IReadOnlyList<string> Steps
);

internal sealed record Ingredient(
    string Name,
    double Amount,
    [property: Description("For example g, ml, piece")] string Unit
);

internal enum Difficulty
{
    Easy,
    Medium,
    Hard,
}
