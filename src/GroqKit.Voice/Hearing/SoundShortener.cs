using System.Runtime.InteropServices;
using GroqKit.Voice.Sound;

namespace GroqKit.Voice.Hearing;

/// <summary>
/// Makes a recording small while it comes: 16,000 samples a second at most, and no silence at its beginning and end. Speech models hear at that rate,
/// and what is not sent need not be waited for.
/// </summary>
internal sealed class SoundShortener : IDisposable
{
    private const int SpeechRate = 16_000;

    private readonly VoiceActivityDetector _activity;
    private readonly Resampler _resampler;
    private readonly SampleBuffer _kept = new();
    private readonly int _rate;
    private readonly int _padding;
    private readonly bool _trims;
    private readonly List<short> _made = [];
    private long _dropped;
    private int _seen;

    public SoundShortener(int sampleRate, VoiceOptions options)
    {
        // Telephony stays as it is: more samples would not bring back what was never there.
        _rate = Math.Min(sampleRate, SpeechRate);
        _resampler = new Resampler(sampleRate, _rate);
        _activity = new VoiceActivityDetector(_rate, options.VoiceActivity);
        _padding = (int)(options.VoiceActivity.Padding.TotalSeconds * _rate);
        _trims = options.TrimSilence;
    }

    public TimeSpan Duration => TimeSpan.FromSeconds((double)(_dropped + _kept.Count) / _rate);

    /// <param name="samples">Mono samples.</param>
    public void Add(ReadOnlySpan<short> samples)
    {
        if (_resampler.IsIdle)
        {
            Keep(samples);
            return;
        }
        _made.Clear();
        _resampler.Push(samples, _made);
        Keep(CollectionsMarshal.AsSpan(_made));
    }

    public Recording Complete()
    {
        _made.Clear();
        _resampler.Complete(_made);
        Keep(CollectionsMarshal.AsSpan(_made));
        TimeSpan duration = Duration;
        int start = 0;
        int end = _kept.Count;
        bool hasSpeech = _activity.FirstSpeech is not null;
        if (_trims && _activity.FirstSpeech is { } first)
        {
            start = (int)Math.Max(first - _padding - _dropped, 0);
            end = (int)Math.Min(_activity.SpeechEnd + _padding - _dropped, _kept.Count);
        }
        ReadOnlySpan<short> samples = _kept.Samples[start..end];
        byte[] file = SampleFile.Of(samples, _rate);
        return new Recording(file, duration, TimeSpan.FromSeconds((double)samples.Length / _rate), hasSpeech);
    }

    public void Dispose() => _kept.Dispose();

    private void Keep(ReadOnlySpan<short> samples)
    {
        _kept.Add(samples);
        while (_seen < _kept.Count)
            _seen += _activity.Push(_kept.Samples[_seen..]);
        DropSilence();
    }

    // While nobody has spoken, only what may belong to the first word is kept: a caller may be silent for minutes.
    private void DropSilence()
    {
        int needed = _padding + _rate;
        if (!_trims || _activity.FirstSpeech is not null || _kept.Count < 2 * needed)
            return;
        int count = _kept.Count - needed;
        _kept.Drop(count);
        _dropped += count;
        _seen -= count;
    }
}
