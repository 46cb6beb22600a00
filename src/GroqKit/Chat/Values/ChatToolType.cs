using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>What kind of tool the model may use.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ChatToolType>))]
public readonly record struct ChatToolType(string Value) : IStringValue<ChatToolType>
{
    private static readonly ChatToolType[] KnownValues =
    [
        new("function"),
        new("browser_search"),
        new("code_interpreter"),
        new("mcp"),
    ];

    /// <summary>A function that the caller runs.</summary>
    public static ChatToolType Function => KnownValues[0];

    /// <summary>Web search, run by Groq (GPT-OSS).</summary>
    public static ChatToolType BrowserSearch => KnownValues[1];

    /// <summary>Python in a sandbox, run by Groq (GPT-OSS).</summary>
    public static ChatToolType CodeInterpreter => KnownValues[2];

    /// <summary>A remote MCP server or a connector, called by Groq.</summary>
    public static ChatToolType Mcp => KnownValues[3];

    /// <inheritdoc/>
    public static ReadOnlySpan<ChatToolType> Known => KnownValues;

    /// <inheritdoc/>
    public static ChatToolType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ChatToolType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
