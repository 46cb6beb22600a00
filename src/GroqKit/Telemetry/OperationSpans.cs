namespace GroqKit.Telemetry;

/// <summary>Whether a call makes a GenAI span and GenAI metrics of its own.</summary>
public enum OperationSpans
{
    /// <summary>
    /// Unless the current activity already describes the same operation on the same model, as that of an instrumented wrapper does;
    /// then what only this client knows is added to that activity, and nothing is measured twice.
    /// </summary>
    Auto,

    /// <summary>Always.</summary>
    Always,

    /// <summary>Never. The metrics that begin with <c>groq_</c> stay.</summary>
    Never,
}
