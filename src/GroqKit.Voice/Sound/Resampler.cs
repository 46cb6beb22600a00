namespace GroqKit.Voice.Sound;

/// <summary>
/// Changes the sample rate of sound that goes by, without tones that were not there: a windowed sinc whose cut-off is below half of the lower
/// rate. Samples come and go in pieces of any size; however they are cut, the result is the same.
/// </summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
internal sealed class Resampler
{
    // Zero crossings of the sinc on either side: -60 dB of aliasing, which is below what speech models add.
    private const int Crossings = 12;

    // A little below half of the rate, since the filter's edge is not a wall.
    private const double Edge = 0.92;

    private readonly int _up;
    private readonly int _down;
    private readonly int _half;
    private readonly float[][] _phases;
    private readonly List<short> _held = [];

    // Where in the held samples the next output lies, in whole samples and in phases.
    private int _place;
    private int _phase;

    public Resampler(int from, int to)
    {
        int common = (int)Gcd(from, to);
        _up = to / common;
        _down = from / common;
        if (_up == _down)
        {
            _phases = [];
            return;
        }
        double cut = Edge * Math.Min(1.0, (double)to / from);
        _half = (int)Math.Ceiling(Crossings / cut);
        _phases = new float[_up][];
        for (int phase = 0; phase < _up; phase++)
            _phases[phase] = Filter((double)phase / _up, cut);
        // Silence before the first sample, so that the first output is centred on it.
        _held.AddRange(new short[_half]);
        _place = _half;
    }

    /// <summary>Whether nothing is to be done.</summary>
    public bool IsIdle => _phases.Length == 0;

    /// <summary>Takes samples and gives those that are due.</summary>
    public void Push(ReadOnlySpan<short> samples, List<short> output)
    {
        if (IsIdle)
        {
            output.AddRange(samples);
            return;
        }
        _held.AddRange(samples);
        Produce(output, _held.Count);
    }

    /// <summary>Gives what is left at the end.</summary>
    public void Complete(List<short> output)
    {
        if (IsIdle)
            return;
        int end = _held.Count;
        _held.AddRange(new short[_half + 1]);
        Produce(output, end + _half + 1, end);
        _held.Clear();
        _held.AddRange(new short[_half]);
        _place = _half;
        _phase = 0;
    }

    private void Produce(List<short> output, int available, int last = int.MaxValue)
    {
        ReadOnlySpan<short> held = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held);
        while (_place + _half < available && _place < last)
        {
            ReadOnlySpan<short> window = held.Slice(_place - _half, 2 * _half + 1);
            float[] filter = _phases[_phase];
            float sum = 0;
            for (int i = 0; i < window.Length; i++)
                sum += window[i] * filter[i];
            output.Add((short)Math.Clamp(MathF.Round(sum), short.MinValue, short.MaxValue));
            _phase += _down;
            _place += _phase / _up;
            _phase %= _up;
        }
        int done = Math.Min(_place - _half, _held.Count);
        if (done > 4096)
        {
            _held.RemoveRange(0, done);
            _place -= done;
        }
    }

    private float[] Filter(double offset, double cut)
    {
        float[] filter = new float[2 * _half + 1];
        double sum = 0;
        for (int i = 0; i < filter.Length; i++)
        {
            double x = i - _half - offset;
            double window = Math.Abs(x) <= _half ? 0.5 + 0.5 * Math.Cos(Math.PI * x / (_half + 1)) : 0;
            filter[i] = (float)(Sinc(x * cut) * window);
            sum += filter[i];
        }
        // The same loudness at every phase; else a hum at the rate of the phases.
        for (int i = 0; i < filter.Length; i++)
            filter[i] = (float)(filter[i] / sum);
        return filter;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
