using GroqKit.Voice.Sound;

namespace GroqKit.Voice;

/// <summary>
/// Tells speech from silence by energy, frame by frame (20 ms), against a noise floor that it learns: the floor falls at once and rises slowly, so
/// that neither a fan nor a long vowel is mistaken. Samples come in pieces of any size; however they are cut, the result is the same.
/// </summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
public sealed class VoiceActivityDetector
{
    private const int FramesPerSecond = 50;

    // The floor may rise by 3 dB a second: a new noise is learned in some seconds, a sentence is not.
    private const double Rise = 3.0 / FramesPerSecond;
    private const double QuietestFloor = -75;

    private readonly VoiceActivityOptions _options;
    private readonly int _rate;
    private readonly short[] _frame;
    private readonly int _minFrames;
    private readonly int _hangoverFrames;
    private int _filled;
    private long _frames;
    private double _noise = double.NaN;
    private int _loud;
    private int _quiet;

    /// <summary>Makes a detector.</summary>
    /// <param name="sampleRate">Samples a second, 8,000 or more.</param>
    /// <param name="options">When sound counts as speech. Null: the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public VoiceActivityDetector(int sampleRate, VoiceActivityOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 8_000);
        _options = options ?? new VoiceActivityOptions();
        if (_options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException(string.Join(" ", errors), nameof(options));
        _rate = sampleRate;
        _frame = new short[sampleRate / FramesPerSecond];
        _minFrames = Math.Max((int)Math.Ceiling(_options.MinSpeech.TotalSeconds * FramesPerSecond), 1);
        _hangoverFrames = Math.Max((int)Math.Ceiling(_options.Hangover.TotalSeconds * FramesPerSecond), 1);
    }

    /// <summary>Whether somebody speaks now: true from the beginning of speech until the silence after it lasted long enough.</summary>
    public bool IsSpeaking { get; private set; }

    /// <summary>Where the first speech began, in samples from the beginning; null while there was none.</summary>
    public long? FirstSpeech { get; private set; }

    /// <summary>Where the present or last speech began, in samples.</summary>
    public long SpeechStart { get; private set; }

    /// <summary>Where the last loud frame ended, in samples.</summary>
    public long SpeechEnd { get; private set; }

    /// <summary>How much sound was seen.</summary>
    public TimeSpan Position => TimeSpan.FromSeconds((double)(_frames * _frame.Length + _filled) / _rate);

    /// <summary>Takes samples, up to the next change: how many of them were taken. <see cref="IsSpeaking"/> may have changed after any call.</summary>
    /// <param name="samples">Mono samples, in order.</param>
    public int Push(ReadOnlySpan<short> samples)
    {
        int taken = 0;
        while (taken < samples.Length)
        {
            int count = Math.Min(_frame.Length - _filled, samples.Length - taken);
            samples.Slice(taken, count).CopyTo(_frame.AsSpan(_filled));
            _filled += count;
            taken += count;
            if (_filled == _frame.Length && CloseFrame())
                return taken;
        }
        return taken;
    }

    // True when speech began or ended with this frame.
    private bool CloseFrame()
    {
        _filled = 0;
        double level = Loudness.Of(_frame);
        bool loud = level > Math.Max(_options.Floor, Noise(level) + _options.AboveNoise);
        _frames++;
        if (!loud)
        {
            _loud = 0;
            if (!IsSpeaking || ++_quiet < _hangoverFrames)
                return false;
            IsSpeaking = false;
            return true;
        }
        _quiet = 0;
        _loud++;
        if (IsSpeaking || _loud >= _minFrames)
            SpeechEnd = _frames * _frame.Length;
        if (IsSpeaking || _loud < _minFrames)
            return false;
        IsSpeaking = true;
        SpeechStart = (_frames - _loud) * _frame.Length;
        FirstSpeech ??= SpeechStart;
        return true;
    }

    // A recording that begins within a word has no silence to learn from: nothing louder than this is believed to be noise.
    private double Noise(double level)
    {
        double heard = Math.Clamp(level, QuietestFloor, -35);
        _noise =
            double.IsNaN(_noise) ? Math.Min(heard, -45)
            : heard < _noise ? heard
            : Math.Min(_noise + Rise, heard);
        return _noise;
    }
}
