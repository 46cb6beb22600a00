namespace GroqKit.Chat;

/// <summary>How the call of a tool went.</summary>
public enum ToolResultStatus
{
    /// <summary>The tool answered.</summary>
    Succeeded,

    /// <summary>The tool's code threw; the model was told.</summary>
    Failed,

    /// <summary>The arguments did not fit; the model was told.</summary>
    BadArguments,

    /// <summary>There is no such tool; the model was told.</summary>
    UnknownTool,
}
