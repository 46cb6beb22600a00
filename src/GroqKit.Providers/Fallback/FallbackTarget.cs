namespace GroqKit.Providers.Fallback;

/// <summary>A step of a chain: a provider and its model for a service.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model's id at that provider.</param>
public sealed record FallbackTarget(IProvider Provider, string Model)
{
    /// <summary>Why it stands where it does, for the trace; null when the chain was written so.</summary>
    public string? Choice { get; init; }

    /// <summary><c>groq/openai/gpt-oss-120b</c></summary>
    public override string ToString() => $"{Provider.Name}/{Model}";
}
