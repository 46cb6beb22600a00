using System.Runtime.InteropServices;
using GroqKit.Audio;
using GroqKit.Voice.Hearing;
using GroqKit.Voice.Sound;

namespace GroqKit.Voice.Realtime;

/// <summary>The sound that a caller has sent and not yet committed, and who speaks in it. Used by one thread.</summary>
internal sealed class RealtimeEar
{
    private const int Rate = 16_000;

    private const int Frame = Rate / 50;

    // Ten minutes: longer turns are refused, so that a caller can't fill the memory.
    private const int Most = Rate * 600;

    private readonly List<short> _samples = [];
    private readonly List<short> _made = [];
    private WavFormat _format;
    private TurnDetection? _detection;
    private Resampler _resampler;
    private VoiceActivityDetector? _activity;

    // What came of a sample so far whose other half is in the next piece.
    private byte[] _cut = [];
    private long _dropped;
    private int _seen;

    // Where the detector's first sample lies in the session.
    private long _offset;

    public RealtimeEar(RealtimeSettings settings)
    {
        _format = settings.InputFormat;
        _detection = settings.Detection;
        _resampler = new Resampler(_format.SampleRate, Rate);
        Restart();
    }

    public bool IsEmpty => _samples.Count == 0;

    public bool IsSpeaking { get; private set; }

    /// <summary>Speech has to last so long to be told of; what is shorter is passed over.</summary>
    public TimeSpan Least { get; set; }

    /// <summary>Where the caller began to speak, in ms of all sound of the session, with the padding before it.</summary>
    public int SpeechStart => Milliseconds(Math.Max(StartOfTurn, 0));

    public int Position => Milliseconds(_dropped + _samples.Count);

    private TimeSpan Lasted => TimeSpan.FromSeconds((double)(_activity!.SpeechEnd - _activity.SpeechStart) / Rate);

    private long StartOfTurn =>
        (_activity?.SpeechStart ?? 0) + _offset - (long)((_detection?.Prefix.TotalSeconds ?? 0) * Rate);

    public void Change(RealtimeSettings settings)
    {
        if (settings.InputFormat != _format)
        {
            _format = settings.InputFormat;
            _cut = [];
            _resampler = new Resampler(_format.SampleRate, Rate);
        }
        if (settings.Detection == _detection)
            return;
        _detection = settings.Detection;
        Restart();
    }

    /// <summary>Takes sound; then ask <see cref="Next"/> until it is false.</summary>
    /// <exception cref="RealtimeException">There is too much of it.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_cut.Length > 0)
            bytes = (byte[])[.. _cut, .. bytes];
        int whole = bytes.Length / _format.BytesPerFrame;
        short[] samples = new short[whole];
        SampleDecoder.Decode(_format, bytes[..(whole * _format.BytesPerFrame)], samples);
        _cut = bytes[(whole * _format.BytesPerFrame)..].ToArray();
        _made.Clear();
        _resampler.Push(samples, _made);
        if (_samples.Count + _made.Count > Most)
            throw new RealtimeException(
                "input_audio_too_long",
                "audio: more than 10 minutes were sent without a commit.",
                "audio"
            );
        _samples.AddRange(_made);
    }

    /// <summary>Looks on; true when the caller began or ended to speak: see <see cref="IsSpeaking"/>.</summary>
    public bool Next()
    {
        if (_activity is null)
            return false;
        while (_seen < _samples.Count)
        {
            int count = _samples.Count - _seen;
            // Speech of which nothing is told yet is measured as it goes on.
            if (Least > TimeSpan.Zero && !IsSpeaking)
                count = Math.Min(count, Frame);
            _seen += _activity.Push(CollectionsMarshal.AsSpan(_samples).Slice(_seen, count));
            if (_activity.IsSpeaking == IsSpeaking || !IsSpeaking && Lasted < Least)
                continue;
            IsSpeaking = _activity.IsSpeaking;
            return true;
        }
        DropSilence();
        return false;
    }

    /// <summary>Takes the turn out: from where speech began when it is watched for, else all of it.</summary>
    public byte[] Take()
    {
        int start = _detection is null ? 0 : (int)Math.Clamp(StartOfTurn - _dropped, 0, _samples.Count);
        ReadOnlySpan<short> samples = CollectionsMarshal.AsSpan(_samples)[start..];
        byte[] file = SampleFile.Of(samples, Rate);
        Clear();
        return file;
    }

    public void Clear()
    {
        _dropped += _samples.Count;
        _samples.Clear();
        _cut = [];
        Restart();
    }

    private void Restart()
    {
        _activity = _detection is null ? null : new VoiceActivityDetector(Rate, _detection.Activity);
        _offset = _dropped;
        _seen = 0;
        IsSpeaking = false;
    }

    private void DropSilence()
    {
        int kept = (int)(_detection!.Prefix.TotalSeconds * Rate) + Rate;
        if (_activity!.IsSpeaking || _samples.Count < 4 * kept)
            return;
        int count = _samples.Count - kept;
        _samples.RemoveRange(0, count);
        _dropped += count;
        _seen -= count;
    }

    private static int Milliseconds(long samples) => (int)(samples * 1000 / Rate);
}
