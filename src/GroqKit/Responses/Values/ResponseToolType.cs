using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Responses;

/// <summary>What kind of tool it is.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<ResponseToolType>))]
public readonly record struct ResponseToolType(string Value) : IStringValue<ResponseToolType>
{
    private static readonly ResponseToolType[] KnownValues =
    [
        new("function"),
        new("browser_search"),
        new("code_interpreter"),
        new("mcp"),
    ];

    /// <summary>A function of the caller.</summary>
    public static ResponseToolType Function => KnownValues[0];

    /// <summary>Web search, run by Groq.</summary>
    public static ResponseToolType BrowserSearch => KnownValues[1];

    /// <summary>Python in a sandbox, run by Groq.</summary>
    public static ResponseToolType CodeInterpreter => KnownValues[2];

    /// <summary>A remote MCP server.</summary>
    public static ResponseToolType Mcp => KnownValues[3];

    /// <inheritdoc/>
    public static ReadOnlySpan<ResponseToolType> Known => KnownValues;

    /// <inheritdoc/>
    public static ResponseToolType Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator ResponseToolType(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
