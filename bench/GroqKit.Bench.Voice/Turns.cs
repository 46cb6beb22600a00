using System.Runtime.InteropServices;
using GroqKit.Audio;
using GroqKit.Voice;

namespace GroqKit.Bench.Voice;

/// <summary>Turns, and what each took beyond its providers.</summary>
internal static class Turns
{
    /// <summary>Two seconds of a tone between two of silence, as a WAV file.</summary>
    public static byte[] Question { get; } = Speech();

    /// <summary>So many turns, so many of them at once.</summary>
    public static async Task<IReadOnlyList<TurnCost>> RunAsync(int turns, int atOnce)
    {
        var costs = new List<TurnCost>(turns);
        while (costs.Count < turns)
            costs.AddRange(await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(RunAsync))));
        return costs;
    }

    private static async Task<TurnCost> RunAsync()
    {
        var delays = new Delays();
        var pipeline = new VoicePipeline(
            new()
            {
                SpeechToText = new KnownEar(delays),
                Chat = new KnownModel(delays),
                TextToSpeech = new KnownVoice(delays),
            }
        );
        TimeSpan? first = null;
        TimeSpan own = TimeSpan.Zero;
        TimeSpan gap = TimeSpan.Zero;
        int pieces = 0;
        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromAudio(new MemoryStream(Question)));
        await foreach (VoiceEvent happened in turn.ReadAsync())
        {
            if (happened is TurnFailed failed)
                throw failed.Error;
            if (happened is not AudioDelta sound)
                continue;
            if (first is null)
                own = happened.At - delays.Passed;
            first ??= happened.At;
            pieces = sound.Piece + 1;
            // What a caller who plays from the first sound on would wait for this one.
            TimeSpan late = happened.At - first.Value - sound.Offset;
            if (late > gap)
                gap = late;
        }
        if (pieces < 3)
            throw new InvalidOperationException($"A turn has {pieces} pieces.");
        return new TurnCost(own, gap);
    }

    private static byte[] Speech()
    {
        const int Rate = 16_000;
        short[] samples = new short[4 * Rate];
        for (int i = Rate; i < 3 * Rate; i++)
            samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 200 * i / Rate));
        return new WavAudio(WavFormat.Pcm16(Rate), MemoryMarshal.AsBytes<short>(samples).ToArray()).ToArray();
    }
}
