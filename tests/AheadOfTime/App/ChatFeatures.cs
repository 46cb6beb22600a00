using GroqKit.Catalog;
using GroqKit.Chat;
using Microsoft.Extensions.AI;
using Feature = (string Name, System.Func<System.Threading.Tasks.Task<string>> Use);
using ChatMessage = GroqKit.Chat.ChatMessage;

namespace GroqKit.AheadOfTime;

/// <summary>Everything that has to do with chat.</summary>
internal static class ChatFeatures
{
    private const string Picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAADUVFKvAAAACXBIWXMAAAAEAAAABQB7hJBhAAAAEElEQVR4nGP4y8CAjBgI8AFy2g7UVdj9/gAAAABJRU5ErkJggg==";

    private static readonly Tool AskWeather = Tool.Create(
        "weather",
        "Tells the weather of a city.",
        static (CityQuestion question, CancellationToken _) =>
            Task.FromResult(new Weather(question.City.Length > 0 ? Sky.Clear : Sky.Cloudy, 21)),
        AppJson.Default.CityQuestion,
        AppJson.Default.Weather
    );

    private static readonly ChatRequest Hello = ChatRequest.For(GroqModels.GptOss20B).User("Hello there.").Build();

    private static readonly ChatRequest AskedWeather = ChatRequest
        .For(GroqModels.Qwen38)
        .User("What is the weather in Oslo?")
        .Build();

    public static IEnumerable<Feature> Of(GroqClient groq) =>
        [
            ("chat", async () => Describe((await groq.Chat.CreateAsync(Hello)).Text)),
            ("conversation", () => ConverseAsync(groq)),
            ("stream", () => StreamAsync(groq)),
            (
                "tools",
                async () => (await groq.Chat.RunToolsAsync(AskedWeather, [AskWeather])).Steps[0].Results[0].Content
            ),
            (
                "tools streamed",
                async () =>
                    (await groq.Chat.StreamToolsAsync(AskedWeather, [AskWeather]).CollectAsync()).Ending.ToString()
            ),
            ("structured", async () => Describe((await groq.Chat.CreateAsync(Hello, AppJson.Default.City)).Value.Name)),
            ("vision", () => LookAsync(groq)),
            (
                "IChatClient",
                async () => Describe((await groq.AsIChatClient(GroqModels.GptOss20B).GetResponseAsync("Hi.")).Text)
            ),
        ];

    private static async Task<string> ConverseAsync(GroqClient groq)
    {
        Conversation talk = Conversation.Start("Be brief.").User("Hello.");
        talk = talk.Add(await groq.Chat.CreateAsync(Hello with { Messages = talk.Fit(Hello.Model).Messages }));
        return $"{talk.Messages.Count} messages";
    }

    private static async Task<string> StreamAsync(GroqClient groq)
    {
        int chunks = 0;
        await using ChatStream stream = await groq.Chat.StreamAsync(Hello);
        await foreach (ChatChunk chunk in stream)
            chunks += chunk.Text is null ? 0 : 1;
        return chunks > 1 ? $"{stream.Ending}" : "one chunk";
    }

    private static async Task<string> LookAsync(GroqClient groq)
    {
        ContentPart picture = ContentPart.FromImage(Convert.FromBase64String(Picture));
        ChatMessage question = ChatMessage.User("What is this?", picture);
        return Describe(
            (await groq.Chat.CreateAsync(new ChatRequest { Model = GroqModels.Qwen38, Messages = [question] })).Text
        );
    }

    private static string Describe(string? text) => text is { Length: > 0 } ? "answered" : "empty";
}
