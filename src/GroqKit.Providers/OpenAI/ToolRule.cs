namespace GroqKit.Providers.OpenAI;

/// <summary>How a model's function tools and its reasoning go together on chat completions.</summary>
internal enum ToolRule
{
    /// <summary>Whatever the effort.</summary>
    Always,

    /// <summary>Only with the effort <c>none</c>.</summary>
    OnlyWithoutReasoning,

    /// <summary>Not on chat completions at all.</summary>
    Never,
}
