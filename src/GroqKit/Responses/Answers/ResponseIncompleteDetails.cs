namespace GroqKit.Responses;

/// <summary>Why a response was cut.</summary>
public sealed record ResponseIncompleteDetails : GroqObject
{
    /// <summary>A word, such as <c>max_output_tokens</c>.</summary>
    public string? Reason { get; set; }
}
