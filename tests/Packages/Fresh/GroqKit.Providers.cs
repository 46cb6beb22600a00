using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using Microsoft.Extensions.AI;

using ProviderSet providers = ProviderRegistry.Default.Create([
    // Nobody listens there, so the second one serves.
    new()
    {
        Name = "away",
        Kind = "openai",
        BaseUrl = "http://127.0.0.1:9",
        ApiKey = "any",
        MaxRetries = 0,
    },
    new()
    {
        Name = "groq",
        Kind = "groq",
        ApiKey = "gsk_fresh",
        BaseUrl = Environment.GetEnvironmentVariable("GROQ_BASE_URL"),
    },
]);
var engine = new FallbackEngine();
using IChatClient chat = engine.CreateChatClient([
    new(providers.Find("away")!, "gpt-6-luna"),
    new(providers.Find("groq")!, "openai/gpt-oss-20b"),
]);

ChatResponse answer = await chat.GetResponseAsync("Say hello.");
Console.WriteLine(answer.Text);

int pieces = 0;
await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync("Say hello."))
{
    Console.Write(update.Text);
    pieces += update.Text.Length == 0 ? 0 : 1;
}

Console.WriteLine();
Console.WriteLine(pieces);
