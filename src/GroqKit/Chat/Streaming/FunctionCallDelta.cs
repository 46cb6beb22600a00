namespace GroqKit.Chat;

/// <summary>A part of a function call.</summary>
public sealed record FunctionCallDelta : GroqObject
{
    /// <summary>The function; set once.</summary>
    public string? Name { get; set; }

    /// <summary>The next piece of the JSON text.</summary>
    public string? Arguments { get; set; }
}
