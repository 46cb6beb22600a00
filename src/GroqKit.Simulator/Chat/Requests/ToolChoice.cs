namespace GroqKit.Simulator.Chat.Requests;

/// <summary>Whether a tool has to be called: <c>none</c>, <c>auto</c>, <c>required</c>, or one by its name.</summary>
internal sealed record ToolChoice(string Mode, string? Name = null)
{
    public static ToolChoice Auto { get; } = new("auto");

    public bool Forbids => Mode is "none";

    public bool Forces => Mode is "required" or "named";

    public static ToolChoice Named(string name) => new("named", name);
}
