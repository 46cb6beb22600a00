namespace GroqKit.Bench.Client;

internal sealed class BareUsage
{
    public int PromptTokens { get; set; }

    public int CompletionTokens { get; set; }

    public int TotalTokens { get; set; }
}
