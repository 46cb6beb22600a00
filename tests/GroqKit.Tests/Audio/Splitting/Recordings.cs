using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

/// <summary>Makes recordings of tones and pauses.</summary>
internal static class Recordings
{
    public const int Rate = 8000;

    /// <summary>Sound and silence in turn, in seconds, beginning with sound.</summary>
    public static WavAudio Of(params double[] seconds) => Of(WavFormat.Pcm16(Rate), seconds);

    public static WavAudio Of(WavFormat format, params double[] seconds)
    {
        var samples = new List<short>();
        for (int i = 0; i < seconds.Length; i++)
        {
            int count = (int)(seconds[i] * format.SampleRate) * format.Channels;
            for (int n = 0; n < count; n++)
                samples.Add(i % 2 == 0 ? (short)(8000 * Math.Sin(n * 0.3)) : (short)(n % 3));
        }
        return WavAudio.FromSamples([.. samples], format.SampleRate, format.Channels);
    }

    public static async Task<byte[]> ReadAsync(AudioInput input)
    {
        await using Stream stream = await input.Source!.OpenAsync(TestContext.Current.CancellationToken);
        using var all = new MemoryStream();
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
            all.Write(buffer, 0, read);
        return all.ToArray();
    }
}
