using System.Buffers;

namespace GroqKit.Voice.Sound;

/// <summary>Samples that are gathered, in borrowed memory: a recording is long, and every turn has one. Not safe for use by several threads at once.</summary>
internal sealed class SampleBuffer : IDisposable
{
    private const int First = 16 * 1024;

    private short[] _memory = ArrayPool<short>.Shared.Rent(First);

    public int Count { get; private set; }

    public ReadOnlySpan<short> Samples => _memory.AsSpan(0, Count);

    public void Add(ReadOnlySpan<short> samples)
    {
        if (Count + samples.Length > _memory.Length)
            Grow(Count + samples.Length);
        samples.CopyTo(_memory.AsSpan(Count));
        Count += samples.Length;
    }

    /// <summary>Forgets the oldest.</summary>
    public void Drop(int count)
    {
        Samples[count..].CopyTo(_memory);
        Count -= count;
    }

    public void Dispose()
    {
        short[] memory = _memory;
        _memory = [];
        Count = 0;
        if (memory.Length > 0)
            ArrayPool<short>.Shared.Return(memory);
    }

    private void Grow(int needed)
    {
        short[] larger = ArrayPool<short>.Shared.Rent(Math.Max(needed, 2 * _memory.Length));
        Samples.CopyTo(larger);
        if (_memory.Length > 0)
            ArrayPool<short>.Shared.Return(_memory);
        _memory = larger;
    }
}
