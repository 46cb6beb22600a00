namespace GroqKit;

/// <summary>Why an answer is not the type that was asked for.</summary>
public enum StructuredOutputFailure
{
    /// <summary>There is no text.</summary>
    Missing,

    /// <summary>The token limit was reached within the answer.</summary>
    Truncated,

    /// <summary>The text is not JSON.</summary>
    NotJson,

    /// <summary>The JSON is not the type.</summary>
    Mismatch,
}
