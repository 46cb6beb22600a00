// What is in a picture: dotnet run --project samples/Vision -- holiday.jpg
using GroqKit;
using GroqKit.Catalog;
using GroqKit.Chat;

string picture = args is [var path, ..] ? path : Path.Combine(AppContext.BaseDirectory, "lake.png");

using var groq = new GroqClient(); // reads GROQ_API_KEY

// Size, format and number of pictures are checked before anything is sent.
ChatCompletion answer = await groq.Chat.CreateAsync(
    new ChatRequest
    {
        Model = GroqModels.Qwen38,
        Messages =
        [
            ChatMessage.User("Describe this picture in one sentence.", await ContentPart.FromImageFileAsync(picture)),
        ],
    }
);

Console.WriteLine($"{Path.GetFileName(picture)}: {answer.Text}");
Console.WriteLine($"{answer.Usage?.PromptTokens} tokens to look at it");
