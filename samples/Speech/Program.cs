// A text of any length to one file of speech: dotnet run --project samples/Speech -- speech.txt
using GroqKit;
using GroqKit.Audio;

string text = args is [var path, ..]
    ? await File.ReadAllTextAsync(path)
    : """
        [cheerful] Good morning, and welcome aboard. We sail in ten minutes.
        The voyage takes about two hours; there is coffee on the upper deck, and soup from eleven o'clock.
        If the sea is calm we shall pass close to the seal colony on the eastern skerries. Please keep your voices low there,
        and your cameras ready. We wish you a pleasant journey.
        """;

using var groq = new GroqClient(); // reads GROQ_API_KEY

// Cut at the ends of sentences, spoken two pieces ahead, joined to one valid file.
await using SpeechStream speech = await groq.Audio.Speech.StreamAsync(
    new SpeechRequest { Input = text, Voice = SpeechVoice.Daniel }
);
await speech.SaveAsync("speech.wav");

foreach (string piece in speech.Pieces)
    Console.WriteLine($"  {piece.ReplaceLineEndings(" ").Trim()}");
Console.WriteLine();
Console.WriteLine(
    $"wrote speech.wav: {speech.Pieces.Count} pieces, {speech.BytesDelivered} bytes, "
        + $"first sound after {speech.FirstAudio?.TotalMilliseconds:F0} ms"
);
