using GroqKit;
using GroqKit.Chat;
using GroqKit.Testing;

var script = new ScriptedHandler()
    .Next(ScriptedAnswer.Stream("It ", "works."))
    .Next(ScriptedAnswer.Stream("It ", "works."));
using GroqClient groq = script.CreateClient();
var request = new ChatRequest { Model = "openai/gpt-oss-20b", Messages = ["Does it?"] };

await using ChatStream first = await groq.Chat.StreamAsync(request);
ChatCompletion answer = await first.CollectAsync();
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
