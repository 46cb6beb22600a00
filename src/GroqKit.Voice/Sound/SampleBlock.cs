using System.Buffers;
using System.Runtime.InteropServices;

namespace GroqKit.Voice.Sound;

/// <summary>
/// A piece of sound in borrowed memory: sound that waits to be given would else grow old and be collected late. Whoever used it gives it back, once;
/// one that is dropped with its turn is collected as anything else.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct SampleBlock
{
    private const int Longest = 16 * 1024;
    private const int MostKept = 1024;

    // Sentences that are spoken ahead wait by the second, in more pieces than the shared pool would keep.
    private static readonly ArrayPool<short> Pool = ArrayPool<short>.Create(Longest, MostKept);

    private readonly short[] _memory;

    private SampleBlock(short[] memory, int length)
    {
        _memory = memory;
        Length = length;
    }

    public int Length { get; }

    public Span<short> Samples => _memory.AsSpan(0, Length);

    public static SampleBlock Of(ReadOnlySpan<short> samples) => Of(samples, []);

    /// <summary>Of two pieces that follow each other.</summary>
    public static SampleBlock Of(ReadOnlySpan<short> first, ReadOnlySpan<short> second)
    {
        int length = first.Length + second.Length;
        short[] memory = Pool.Rent(length);
        first.CopyTo(memory);
        second.CopyTo(memory.AsSpan(first.Length));
        return new SampleBlock(memory, length);
    }

    public void GiveBack() => Pool.Return(_memory);
}
