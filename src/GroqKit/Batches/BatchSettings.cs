namespace GroqKit.Batches;

/// <summary>How a batch is made of requests.</summary>
public sealed record BatchSettings
{
    /// <summary>How long it may take: hours or days from <c>24h</c> (the default) to <c>7d</c>.</summary>
    public string CompletionWindow { get; init; } = "24h";

    /// <summary>The endpoint. Default chat completions, the only one that Groq documents here; lines may name others.</summary>
    public BatchEndpoint Endpoint { get; init; } = BatchEndpoint.ChatCompletions;

    /// <summary>Pairs that stay with the batch.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The name of the input file, ending in <c>.jsonl</c>.</summary>
    public string FileName { get; init; } = "batch.jsonl";
}
