namespace GroqKit.Voice.Sound;

/// <summary>Keeps the last moment of sound that goes by, since only then is it known whether it is the end, and whether that is a break.</summary>
/// <param name="most">The samples of a moment.</param>
internal sealed class HeldEnd(int most)
{
    private readonly short[] _held = new short[most];
    private int _count;

    /// <summary>Takes a block and gives one: nothing waits for sound that is still to come but the end, of which at most half is kept.</summary>
    public SampleBlock Add(SampleBlock block)
    {
        int all = _count + block.Length;
        int give = all - Math.Min(most, all / 2);
        int old = Math.Min(give, _count);
        ReadOnlySpan<short> samples = block.Samples;
        var made = SampleBlock.Of(_held.AsSpan(0, old), samples[..(give - old)]);
        _held.AsSpan(old, _count - old).CopyTo(_held);
        samples[(give - old)..].CopyTo(_held.AsSpan(_count - old));
        _count = all - give;
        block.GiveBack();
        return made;
    }

    /// <summary>Gives what was kept; null when that is nothing.</summary>
    /// <param name="breaks">Whether it fades out.</param>
    public SampleBlock? Rest(bool breaks)
    {
        if (_count == 0)
            return null;
        Span<short> rest = _held.AsSpan(0, _count);
        if (breaks)
            Fade.Out(rest);
        _count = 0;
        return SampleBlock.Of(rest, []);
    }
}
