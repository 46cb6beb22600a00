namespace GroqKit.Responses;

/// <summary>Where a code interpreter runs.</summary>
public sealed record ResponseContainer : GroqObject
{
    /// <summary><c>auto</c>, the only one.</summary>
    public string Type { get; set; } = "auto";
}
