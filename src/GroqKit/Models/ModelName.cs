namespace GroqKit.Models;

/// <summary>The form of a model's id. Which ids exist changes too often to be checked here.</summary>
internal static class ModelName
{
    private const int MaxLength = 256;

    /// <exception cref="GroqValidationException">The id is not well formed.</exception>
    public static void Check(string? model, string parameter)
    {
        string? problem = FindProblem(model);
        if (problem is not null)
        {
            throw new GroqValidationException(
                $"{parameter}: the model's id {problem}",
                new ErrorDetails { Parameter = parameter }
            );
        }
    }

    private static string? FindProblem(string? model)
    {
        if (string.IsNullOrEmpty(model))
            return "is missing.";
        if (model.Length > MaxLength)
            return $"is longer than {MaxLength} characters.";
        foreach (char letter in model)
        {
            if (letter is <= ' ' or > '~')
                return "must not contain spaces, control characters or letters beyond ASCII.";
        }
        // A path of dots alone would be folded away in an address, and reach another resource.
        return model is "." or ".." ? "must not consist of dots." : null;
    }
}
