// Somebody speaks, and is answered in speech: dotnet run --project samples/VoiceAgent -- question.wav
using GroqKit;
using GroqKit.Audio;
using GroqKit.Catalog;
using GroqKit.Voice;
using Microsoft.Extensions.AI;

using var groq = new GroqClient(); // reads GROQ_API_KEY

string question = args is [var path, ..] ? path : await AskAsync();
List<ChatMessage> conversation = [new(ChatRole.System, "You are a harbour master. Answer in two short sentences.")];

var agent = new VoicePipeline(
    new VoiceClients
    {
        SpeechToText = groq.AsISpeechToTextClient("whisper-large-v3-turbo"),
        Chat = groq.AsIChatClient(GroqModels.GptOss20B),
        TextToSpeech = groq.AsITextToSpeechClient("canopylabs/orpheus-v1-english", voice: "troy"),
    },
    new VoiceOptions { Output = new SoundFormat(SoundCoding.Wav, 24_000) }
);

await using FileStream heard = File.OpenRead(question);
await using FileStream spoken = File.Create("answer.wav");
await using VoiceTurn turn = agent.Start(VoiceInput.FromAudio(heard, "audio/wav"), conversation);
await foreach (VoiceEvent happened in turn.ReadAsync())
{
    if (happened is TranscriptDone transcript)
        Console.WriteLine($"> {transcript.Text}");
    else if (happened is AnswerSentence sentence)
        Console.WriteLine(sentence.Text.Trim());
    else if (happened is AudioDelta sound)
        await spoken.WriteAsync(sound.Data); // a player would play it now
    else if (happened is TurnFailed failed)
        Console.Error.WriteLine(failed.Error);
}

conversation.AddRange(turn.Messages); // what was heard of it, for the next turn
Console.WriteLine();
Console.WriteLine(
    $"wrote answer.wav: {turn.Heard.Given.TotalSeconds:F1} s, first sound {turn.Timings.FirstSound?.TotalMilliseconds:F0} ms after the question"
);

// Without a recording at hand, one is made.
async Task<string> AskAsync()
{
    SpeechAudio speech = await groq.Audio.Speech.CreateAsync(
        new SpeechRequest { Input = "When does the next ferry leave for the island?", Voice = SpeechVoice.Hannah }
    );
    await speech.SaveAsync("question.wav");
    return "question.wav";
}
