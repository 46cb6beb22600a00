using System.Diagnostics.CodeAnalysis;
using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Measures a recording while it goes by, and makes its parts.</summary>
internal sealed class PartCutter
{
    private readonly WavFormat _format;
    private readonly UploadSource _source;
    private readonly SplitPlanner _planner;
    private readonly int _windowFrames;
    private readonly long _dataOffset;
    private readonly List<int> _planned = [];
    private readonly short[] _samples;

    // Sound that no part has taken yet; null where parts are read from the source itself.
    private readonly MemoryStream? _held;
    private double _sum;
    private int _framesInWindow;
    private long _framesSeen;
    private long _framesTaken;
    private int _index;

    public PartCutter(WavReader reader, UploadSource source, SplitOptions options)
    {
        _format = reader.Format;
        _source = source;
        _dataOffset = reader.DataOffset;
        _held = source.CanReadInParallel ? null : new MemoryStream();
        _samples = new short[4096 / _format.Channels * _format.Channels];
        _windowFrames = Math.Max((int)(_format.SampleRate * options.Window.TotalSeconds), 1);
        long windowBytes = (long)_windowFrames * _format.BytesPerFrame;
        double windowSeconds = (double)_windowFrames / _format.SampleRate;
        long byBytes = (options.MaxPartBytes - WavHeader.LengthFor(_format)) / windowBytes;
        int longest = (int)Math.Max(Math.Min(options.MaxPartDuration.TotalSeconds / windowSeconds, byBytes), 2);
        int shortest = (int)Math.Clamp(options.MinPartDuration.TotalSeconds / windowSeconds, 1, longest / 2);
        int pause = (int)Math.Max(options.MinSilence.TotalSeconds / windowSeconds, 1);
        float threshold = (float)Math.Pow(10, options.SilenceDecibels / 10);
        _planner = new SplitPlanner(shortest, longest, pause, threshold);
    }

    /// <summary>Takes whole frames.</summary>
    public void Add(ReadOnlySpan<byte> frames)
    {
        _held?.Write(frames);
        while (frames.Length > 0)
        {
            int decoded = SampleDecoder.Decode(_format, frames, _samples);
            Measure(_samples.AsSpan(0, decoded));
            frames = frames[(decoded * _format.BitsPerSample / 8)..];
        }
    }

    public void Complete()
    {
        if (_framesInWindow > 0)
            CloseWindow();
        _planned.AddRange(_planner.Complete());
    }

    public bool TryTake([NotNullWhen(true)] out AudioPart? part)
    {
        part = null;
        if (_planned.Count == 0)
            return false;
        long frames = Math.Min((long)_planned[0] * _windowFrames, _framesSeen - _framesTaken);
        _planned.RemoveAt(0);
        long bytes = frames * _format.BytesPerFrame;
        byte[] header = new WavHeader(_format, bytes).ToArray();
        UploadSource source = _held is null
            ? new RangeSource(_source, header, _dataOffset + _framesTaken * _format.BytesPerFrame, bytes)
            : new BytesSource(TakeHeld(header, (int)bytes));
        part = new AudioPart(
            _index++,
            Time(_framesTaken),
            Time(_framesTaken + frames) - Time(_framesTaken),
            AudioInput.FromSource(source, $"part-{_index}.wav")
        );
        _framesTaken += frames;
        return true;
    }

    private void Measure(ReadOnlySpan<short> samples)
    {
        for (int i = 0; i < samples.Length; i += _format.Channels)
        {
            for (int channel = 0; channel < _format.Channels; channel++)
            {
                double sample = samples[i + channel] / 32768.0;
                _sum += sample * sample;
            }
            _framesSeen++;
            if (++_framesInWindow == _windowFrames)
                CloseWindow();
        }
    }

    private void CloseWindow()
    {
        int cut = _planner.Add((float)(_sum / ((long)_framesInWindow * _format.Channels)));
        if (cut > 0)
            _planned.Add(cut);
        _sum = 0;
        _framesInWindow = 0;
    }

    private byte[] TakeHeld(byte[] header, int count)
    {
        byte[] all = _held!.GetBuffer();
        int length = (int)_held.Length;
        byte[] file = [.. header, .. all.AsSpan(0, count)];
        all.AsSpan(count, length - count).CopyTo(all);
        _held.SetLength(length - count);
        _held.Position = length - count;
        return file;
    }

    private TimeSpan Time(long frames) => _format.DurationOf(frames * _format.BytesPerFrame);
}
