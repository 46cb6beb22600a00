// Minutes of a recorded meeting: dotnet run --project samples/Minutes -- meeting.wav
using GroqKit;
using GroqKit.Audio;
using GroqKit.Catalog;
using GroqKit.Chat;

string recording = args[0];
using var groq = new GroqClient(); // reads GROQ_API_KEY

Transcription heard = await groq.Audio.Transcriptions.CreateLongAsync(
    new TranscriptionRequest
    {
        Audio = AudioInput.FromFile(recording),
        Language = "en",
        ResponseFormat = TranscriptionFormat.VerboseJson,
    }
);
Console.WriteLine($"{heard.Duration:F0} s in {heard.Language}");

var request = new ChatRequest
{
    Model = GroqModels.GptOss120B,
    Messages =
    [
        ChatMessage.System("You write the minutes of a meeting: decisions first, then tasks with names."),
        heard.Text,
    ],
    Temperature = 0.2f,
    MaxCompletionTokens = 800,
};
try
{
    await using ChatStream stream = await groq.Chat.StreamAsync(request);
    await foreach (ChatChunk chunk in stream)
        Console.Write(chunk.Text);
    Console.WriteLine();
}
catch (GroqRateLimitException limited)
{
    Console.Error.WriteLine($"Too many requests; try again in {limited.RetryAfter}.");
}
