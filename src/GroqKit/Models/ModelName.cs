using GroqKit.Errors;

namespace GroqKit.Models;

/// <summary>The form of a model's id. Which ids exist changes too often to be checked here.</summary>
internal static class ModelName
{
    /// <exception cref="GroqValidationException">The id is not well formed.</exception>
    public static void Check(string? model, string parameter)
    {
        if (Rules.FindIdProblem(model) is { } problem)
            throw Rules.Invalid(parameter, $"the model's id {problem}");
    }
}
