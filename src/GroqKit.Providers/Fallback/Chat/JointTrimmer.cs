namespace GroqKit.Providers.Fallback.Chat;

/// <summary>
/// Cuts from the beginning of a continuation what repeats the end of the part before it. Models that go on with a text often say its last
/// words again, or begin the text anew. Used by one thread at a time.
/// </summary>
/// <param name="part">What was delivered.</param>
internal sealed class JointTrimmer(string part)
{
    // A shorter overlap is as likely to be chance: "the" after "the".
    private const int MinOverlap = 8;

    // Repeating more than that is beginning anew, which is looked for as a whole.
    private const int MaxOverlap = 200;

    private string _pending = "";

    /// <summary>Whether the joint is behind us: everything passes as it is.</summary>
    public bool IsDone { get; private set; } = part.Length < MinOverlap;

    /// <summary>Takes the next piece of the continuation and gives back what is sure to be new.</summary>
    public string Take(string piece)
    {
        if (IsDone)
            return piece;
        _pending += piece;
        // While all of it may still turn out to be a repetition, nothing is sure.
        return MayRepeat(_pending) ? "" : Release();
    }

    /// <summary>Gives back what was kept, without what repeats the part.</summary>
    public string Release()
    {
        if (IsDone)
            return "";
        IsDone = true;
        string kept = _pending;
        _pending = "";
        return kept[OverlapOf(kept)..];
    }

    private bool MayRepeat(string text)
    {
        if (text.Length >= part.Length)
            return false;
        if (part.StartsWith(text, StringComparison.Ordinal))
            return true;
        string tail = part.Length > MaxOverlap ? part[^MaxOverlap..] : part;
        return text.Length < MaxOverlap && tail.Contains(text, StringComparison.Ordinal);
    }

    private int OverlapOf(string text)
    {
        if (text.StartsWith(part, StringComparison.Ordinal))
            return part.Length;
        for (int length = Math.Min(Math.Min(text.Length, part.Length), MaxOverlap); length >= MinOverlap; length--)
        {
            if (part.AsSpan(part.Length - length).SequenceEqual(text.AsSpan(0, length)))
                return length;
        }
        return 0;
    }
}
