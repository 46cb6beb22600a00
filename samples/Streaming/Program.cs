// Words as they are written, thoughts first.
using GroqKit;
using GroqKit.Catalog;
using GroqKit.Chat;

using var groq = new GroqClient(); // reads GROQ_API_KEY

await using ChatStream stream = await groq.Chat.StreamAsync(
    new ChatRequest
    {
        Model = GroqModels.GptOss120B,
        Messages = ["Which came first, the chicken or the egg?"],
        ReasoningEffort = ReasoningEffort.Low,
    }
);

bool hasThought = false;
await foreach (ChatChunk chunk in stream)
{
    if (chunk.Reasoning is { Length: > 0 } thought)
    {
        Console.Write(hasThought ? thought : $"(thinks: {thought}");
        hasThought = true;
    }
    if (chunk.Text is { Length: > 0 } text)
    {
        Console.Write(hasThought ? $"){Environment.NewLine}{Environment.NewLine}{text}" : text);
        hasThought = false;
    }
}

Console.WriteLine();
Console.WriteLine();
Console.WriteLine(
    $"first word after {stream.FirstToken?.TotalMilliseconds:F0} ms, "
        + $"{stream.Usage?.CompletionTokens} tokens in {stream.Total?.TotalMilliseconds:F0} ms"
);
