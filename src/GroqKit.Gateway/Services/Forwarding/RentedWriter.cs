using System.Buffers;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Gathers bytes in rented memory, which goes back when they are given on. Not thread-safe.</summary>
/// <param name="least">The bytes that are rented at first.</param>
internal sealed class RentedWriter(int least) : IBufferWriter<byte>, IDisposable
{
    private byte[] _memory = [];
    private int _written;

    /// <summary>What was written; gone with <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _memory.AsMemory(0, _written);

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_memory.Length - _written < Math.Max(sizeHint, 1))
            Grow(_written + Math.Max(sizeHint, 1));
        return _memory.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Begins anew, without memory.</summary>
    public void Clear()
    {
        byte[] memory = _memory;
        _memory = [];
        _written = 0;
        if (memory.Length > 0)
            ArrayPool<byte>.Shared.Return(memory);
    }

    public void Dispose() => Clear();

    private void Grow(int needed)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(least, 2 * _memory.Length)));
        Written.CopyTo(larger);
        if (_memory.Length > 0)
            ArrayPool<byte>.Shared.Return(_memory);
        _memory = larger;
    }
}
