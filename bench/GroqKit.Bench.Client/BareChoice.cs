namespace GroqKit.Bench.Client;

internal sealed class BareChoice
{
    public int Index { get; set; }

    public BareMessage? Message { get; set; }

    public BareMessage? Delta { get; set; }

    public string? FinishReason { get; set; }
}
