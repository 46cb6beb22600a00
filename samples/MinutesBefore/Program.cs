// Minutes of a recorded meeting, with the OpenAI package: what samples/Minutes was before its migration.
using System.ClientModel;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;

string recording = args[0];
var options = new OpenAIClientOptions();
if (Environment.GetEnvironmentVariable("OPENAI_BASE_URL") is { } address)
    options.Endpoint = new Uri(address);
var openai = new OpenAIClient(new ApiKeyCredential(Environment.GetEnvironmentVariable("OPENAI_API_KEY")!), options);

AudioClient audio = openai.GetAudioClient("whisper-1");
AudioTranscription heard = await audio.TranscribeAudioAsync(
    recording,
    new AudioTranscriptionOptions { Language = "en", ResponseFormat = AudioTranscriptionFormat.Verbose }
);
Console.WriteLine($"{heard.Duration?.TotalSeconds:F0} s in {heard.Language}");

ChatClient chat = openai.GetChatClient("gpt-4.1-mini");
ChatMessage[] messages =
[
    new SystemChatMessage("You write the minutes of a meeting: decisions first, then tasks with names."),
    new UserChatMessage(heard.Text),
];
try
{
    await foreach (
        StreamingChatCompletionUpdate update in chat.CompleteChatStreamingAsync(
            messages,
            new ChatCompletionOptions { Temperature = 0.2f, MaxOutputTokenCount = 800 }
        )
    )
    {
        foreach (ChatMessageContentPart part in update.ContentUpdate)
            Console.Write(part.Text);
    }
    Console.WriteLine();
}
catch (ClientResultException failure) when (failure.Status == 429)
{
    Console.Error.WriteLine("Too many requests; try again later.");
}
