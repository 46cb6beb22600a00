using GroqKit.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;
using Microsoft.Extensions.AI;

using ProviderSet providers = ProviderRegistry.Default.Create([
    new()
    {
        Name = "groq",
        Kind = "groq",
        ApiKey = "gsk_fresh",
        BaseUrl = Environment.GetEnvironmentVariable("GROQ_BASE_URL"),
    },
]);
IProvider groq = providers.Find("groq")!;
IChatClient chat = groq.CreateChatClient("openai/gpt-oss-20b");
var pipeline = new VoicePipeline(
    new VoiceClients { Chat = chat, TextToSpeech = groq.CreateTextToSpeechClient("canopylabs/orpheus-v1-english") }
);

ChatResponse answer = await chat.GetResponseAsync("Say hello.");
Console.WriteLine(answer.Text);

int pieces = 0;
await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Say hello."));
await foreach (VoiceEvent happened in turn.ReadAsync())
{
    if (happened is AnswerDelta words)
        Console.Write(words.Text);
    if (happened is AudioDelta { Data.Length: > 0 })
        pieces++;
}

Console.WriteLine();
Console.WriteLine(pieces);
