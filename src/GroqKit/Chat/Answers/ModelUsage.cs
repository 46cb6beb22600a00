namespace GroqKit.Chat;

/// <summary>What one model of a Compound system used.</summary>
public sealed record ModelUsage : GroqObject
{
    /// <summary>The model.</summary>
    public string Model { get; set; } = "";

    /// <summary>Its usage.</summary>
    public ChatUsage? Usage { get; set; }
}
