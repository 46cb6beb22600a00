namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>A whole answer, or one piece of a stream: they differ in where a choice keeps its message.</summary>
internal sealed record ChatAnswer
{
    public string? Id { get; init; }

    public string? Model { get; init; }

    public double? Created { get; init; }

    public IReadOnlyList<ChoiceAnswer>? Choices { get; init; }

    public UsageAnswer? Usage { get; init; }

    public string? ServiceTier { get; init; }

    public System.Text.Json.JsonElement? Error { get; init; }
}
