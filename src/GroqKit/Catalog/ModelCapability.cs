using System.Collections.Frozen;

namespace GroqKit.Catalog;

/// <summary>
/// Something that a model can do: one of the values below, or a word that Groq or a later catalogue introduces.
/// </summary>
/// <remarks>Compared ordinally. The default value is an empty string and equals none of the named ones.</remarks>
public readonly record struct ModelCapability
{
    private static readonly FrozenSet<string> WellKnown = new[]
    {
        Tools,
        ParallelTools,
        JsonMode,
        JsonSchema,
        StrictSchema,
        Reasoning,
        Vision,
        Caching,
        Mcp,
        BrowserSearch,
        CodeInterpreter,
        WebSearch,
        VisitWebsite,
        BrowserAutomation,
        WolframAlpha,
        Transcription,
        Translation,
        Speech,
        VocalDirections,
        Moderation,
        InjectionDetection,
    }
        .Select(capability => capability.Value)
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly string? _value;

    /// <summary>Wraps a capability as the catalogue's data or GET /models spells it.</summary>
    /// <param name="value">For example <c>tools</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null, empty or blank.</exception>
    public ModelCapability(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>Calls functions that the request describes.</summary>
    public static ModelCapability Tools => new("tools");

    /// <summary>Calls several functions in one turn.</summary>
    public static ModelCapability ParallelTools => new("parallel_tools");

    /// <summary>Answers with a JSON object (<c>response_format: json_object</c>).</summary>
    public static ModelCapability JsonMode => new("json_mode");

    /// <summary>Answers along a JSON schema, at least by best effort (<c>response_format: json_schema</c>).</summary>
    public static ModelCapability JsonSchema => new("json_schema");

    /// <summary>Decoding is constrained to the schema (<c>strict: true</c>).</summary>
    public static ModelCapability StrictSchema => new("strict_schema");

    /// <summary>Thinks before it answers.</summary>
    public static ModelCapability Reasoning => new("reasoning");

    /// <summary>Reads images.</summary>
    public static ModelCapability Vision => new("vision");

    /// <summary>Repeated prompt prefixes are cached and billed at the cached price.</summary>
    public static ModelCapability Caching => new("caching");

    /// <summary>Uses remote MCP tools.</summary>
    public static ModelCapability Mcp => new("mcp");

    /// <summary>Built-in tool: searches in a browser.</summary>
    public static ModelCapability BrowserSearch => new("browser_search");

    /// <summary>Built-in tool: runs code.</summary>
    public static ModelCapability CodeInterpreter => new("code_interpreter");

    /// <summary>Built-in tool of the compound systems: searches the web.</summary>
    public static ModelCapability WebSearch => new("web_search");

    /// <summary>Built-in tool of the compound systems: reads a page.</summary>
    public static ModelCapability VisitWebsite => new("visit_website");

    /// <summary>Built-in tool of the compound systems: drives several browsers.</summary>
    public static ModelCapability BrowserAutomation => new("browser_automation");

    /// <summary>Built-in tool of the compound systems: asks Wolfram Alpha.</summary>
    public static ModelCapability WolframAlpha => new("wolfram_alpha");

    /// <summary>Speech to text in the language spoken.</summary>
    public static ModelCapability Transcription => new("transcription");

    /// <summary>Speech to English text.</summary>
    public static ModelCapability Translation => new("translation");

    /// <summary>Text to speech.</summary>
    public static ModelCapability Speech => new("speech");

    /// <summary>Follows directions in square brackets, such as <c>[whisper]</c>, in the text to speak.</summary>
    public static ModelCapability VocalDirections => new("vocal_directions");

    /// <summary>Judges whether content is safe.</summary>
    public static ModelCapability Moderation => new("moderation");

    /// <summary>Scores text for prompt injection.</summary>
    public static ModelCapability InjectionDetection => new("injection_detection");

    /// <summary>The capability as text.</summary>
    public string Value => _value ?? "";

    /// <summary>
    /// Whether the catalogue's data covers the capability, so that a model without it is known to lack it.
    /// </summary>
    internal bool IsWellKnown => WellKnown.Contains(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
