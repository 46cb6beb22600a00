// A recording to text and subtitles: dotnet run --project samples/Transcription -- talk.mp3
using GroqKit;
using GroqKit.Audio;

using var groq = new GroqClient(); // reads GROQ_API_KEY

string recording = args is [var path, ..] ? path : await SpeakAsync();

// Longer than one upload may be? CreateLongAsync cuts it at silences and stitches the parts.
Transcription transcript = await groq.Audio.Transcriptions.CreateLongAsync(
    new TranscriptionRequest
    {
        Audio = AudioInput.FromFile(recording),
        ResponseFormat = TranscriptionFormat.VerboseJson,
        TimestampGranularities = [TimestampGranularity.Segment, TimestampGranularity.Word],
    }
);

Console.WriteLine($"{Path.GetFileName(recording)}, {transcript.Duration:F1} s, {transcript.Language}");
Console.WriteLine();
Console.WriteLine(transcript.Text.Trim());
Console.WriteLine();
Console.WriteLine(transcript.ToSrt());

string subtitles = Path.ChangeExtension(recording, ".vtt");
await File.WriteAllTextAsync(subtitles, transcript.ToVtt());
Console.WriteLine($"wrote {Path.GetFileName(subtitles)}");

// Without a recording at hand, one is made.
async Task<string> SpeakAsync()
{
    SpeechAudio speech = await groq.Audio.Speech.CreateAsync(
        new SpeechRequest
        {
            Input = "The tide was out. We walked to the island, and nobody spoke until we could see the lighthouse.",
            Voice = SpeechVoice.Hannah,
        }
    );
    await speech.SaveAsync("walk.wav");
    return "walk.wav";
}
