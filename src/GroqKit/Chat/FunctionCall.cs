namespace GroqKit.Chat;

/// <summary>A function's name and arguments, as the model wrote them.</summary>
public sealed record FunctionCall : GroqObject
{
    /// <summary>The function.</summary>
    public string Name { get; set; } = "";

    /// <summary>JSON text. The model wrote it: it may be invalid.</summary>
    public string Arguments { get; set; } = "";
}
