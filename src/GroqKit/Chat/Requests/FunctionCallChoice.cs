using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>The deprecated form of <see cref="ToolChoice"/>.</summary>
[JsonConverter(typeof(FunctionCallChoiceConverter))]
public readonly record struct FunctionCallChoice
{
    private FunctionCallChoice(string? mode, string? name)
    {
        Mode = mode;
        Name = name;
    }

    /// <summary>No function.</summary>
    public static FunctionCallChoice None => new("none", null);

    /// <summary>As the model decides.</summary>
    public static FunctionCallChoice Auto => new("auto", null);

    /// <summary>At least one function.</summary>
    public static FunctionCallChoice Required => new("required", null);

    /// <summary>The word, when no single function is named.</summary>
    public string? Mode { get; }

    /// <summary>The function that must be called.</summary>
    public string? Name { get; }

    /// <summary>This function must be called.</summary>
    /// <param name="name">The function's name.</param>
    public static FunctionCallChoice ForFunction(string name) => new(null, name);

    /// <summary>A word, known or not.</summary>
    /// <param name="mode">The word on the wire.</param>
    public static FunctionCallChoice Create(string mode) => new(mode, null);
}
