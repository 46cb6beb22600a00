using GroqKit;
using GroqKit.Chat;

using var groq = new GroqClient();
var request = new ChatRequest { Model = "openai/gpt-oss-20b", Messages = ["Say hello."] };

ChatCompletion answer = await groq.Chat.CreateAsync(request);
Console.WriteLine(answer.Text);

int pieces = 0;
await using ChatStream stream = await groq.Chat.StreamAsync(request);
await foreach (ChatChunk chunk in stream)
{
    Console.Write(chunk.Text);
    pieces += string.IsNullOrEmpty(chunk.Text) ? 0 : 1;
}

Console.WriteLine();
Console.WriteLine(pieces);
