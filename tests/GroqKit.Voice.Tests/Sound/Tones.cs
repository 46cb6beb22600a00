namespace GroqKit.Voice.Tests.Sound;

internal static class Tones
{
    public static short[] Sine(int rate, double hertz, double seconds, double volume = 0.3) =>
        [
            .. Enumerable
                .Range(0, (int)(rate * seconds))
                .Select(i => (short)(volume * short.MaxValue * Math.Sin(2 * Math.PI * hertz * i / rate))),
        ];

    public static short[] Silence(int rate, double seconds) => new short[(int)(rate * seconds)];

    /// <summary>The same noise every time, so loud as said.</summary>
    public static short[] Noise(int rate, double seconds, double decibels)
    {
        var random = new Random(7);
        double volume = Math.Pow(10, decibels / 20) * short.MaxValue * Math.Sqrt(3);
        return
        [
            .. Enumerable.Range(0, (int)(rate * seconds)).Select(_ => (short)((random.NextDouble() * 2 - 1) * volume)),
        ];
    }
}
