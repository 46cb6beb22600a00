using GroqKit.Audio;
using GroqKit.Simulator.Hosting;

namespace GroqKit.Cli.Tests.Transcripts;

/// <summary>Recordings of which the simulator knows what they say.</summary>
internal static class Recordings
{
    /// <summary>A WAV file that says the words.</summary>
    public static async Task<byte[]> SayAsync(SimulatorServer server, string words)
    {
        using var client = new GroqClient(
            new GroqClientOptions { ApiKey = "gsk_test", BaseUrl = server.BaseAddress.AbsoluteUri }
        );
        SpeechAudio speech = await client.Audio.Speech.CreateAsync(
            new SpeechRequest { Input = words, Voice = SpeechVoice.Daniel }
        );
        return speech.Data.ToArray();
    }
}
