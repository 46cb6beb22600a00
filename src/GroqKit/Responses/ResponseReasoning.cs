using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Responses;

/// <summary>How much the model thinks.</summary>
public sealed record ResponseReasoning : GroqObject
{
    /// <summary>Low, medium or high. Default medium.</summary>
    public ReasoningEffort? Effort { get; set; }

    /// <summary>Only in answers, where it is null at Groq.</summary>
    public JsonElement? Summary { get; set; }
}
