namespace GroqKit.Chat;

/// <summary>The tools of a Compound system.</summary>
public sealed record CompoundTools
{
    /// <summary>
    /// Known are <c>web_search</c>, <c>code_interpreter</c>, <c>visit_website</c>, <c>browser_automation</c> and <c>wolfram_alpha</c>.
    /// </summary>
    public IReadOnlyList<string>? EnabledTools { get; init; }

    /// <summary>Access to Wolfram.</summary>
    public WolframSettings? WolframSettings { get; init; }
}
