using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>Whether and which tool the model must use: a word, or the name of a function.</summary>
[JsonConverter(typeof(ToolChoiceConverter))]
public readonly record struct ToolChoice
{
    private ToolChoice(string? mode, string? functionName)
    {
        Mode = mode;
        FunctionName = functionName;
    }

    /// <summary>No tool.</summary>
    public static ToolChoice None => new("none", null);

    /// <summary>As the model decides.</summary>
    public static ToolChoice Auto => new("auto", null);

    /// <summary>At least one tool.</summary>
    public static ToolChoice Required => new("required", null);

    /// <summary>The word, when no single function is named.</summary>
    public string? Mode { get; }

    /// <summary>The function that must be called.</summary>
    public string? FunctionName { get; }

    /// <summary>This function must be called.</summary>
    /// <param name="name">The function's name.</param>
    public static ToolChoice ForFunction(string name) => new(null, name);

    /// <summary>A word, known or not.</summary>
    /// <param name="mode">The word on the wire.</param>
    public static ToolChoice Create(string mode) => new(mode, null);
}
