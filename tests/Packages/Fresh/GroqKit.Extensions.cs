using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

var services = new ServiceCollection();
services.AddGroq().WithModel("openai/gpt-oss-20b");
await using ServiceProvider provider = services.BuildServiceProvider();
IChatClient chat = provider.GetRequiredService<IChatClient>();

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
