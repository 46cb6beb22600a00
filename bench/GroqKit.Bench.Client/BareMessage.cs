namespace GroqKit.Bench.Client;

internal sealed class BareMessage
{
    public string? Role { get; set; }

    public string? Content { get; set; }
}
