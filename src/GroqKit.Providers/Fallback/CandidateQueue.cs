namespace GroqKit.Providers.Fallback;

/// <summary>The candidates of one call, in the order in which they are asked. Used by one thread at a time.</summary>
internal sealed class CandidateQueue(FallbackCandidate[] candidates)
{
    private int _next;

    /// <summary>Whether anyone is left to ask in this round.</summary>
    public bool HasNext => _next < candidates.Length;

    public bool TryNext(out FallbackCandidate candidate)
    {
        candidate = HasNext ? candidates[_next++] : default;
        return candidate.Target is not null;
    }

    /// <summary>Passes over the other keys and addresses of a target whose failure would be the same by all of them.</summary>
    public void Skip(FallbackTarget target)
    {
        while (HasNext && ReferenceEquals(candidates[_next].Target, target))
            _next++;
    }

    public void Restart() => _next = 0;
}
