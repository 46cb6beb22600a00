namespace GroqKit.Audio;

/// <summary>
/// Finds where to cut, from the loudness of short windows as they come: in the longest and latest pause within reach, else where it is quietest.
/// </summary>
/// <param name="minLength">The shortest part, in windows.</param>
/// <param name="maxLength">The longest part, in windows; at least twice the shortest.</param>
/// <param name="minPause">How many quiet windows make a pause.</param>
/// <param name="threshold">The mean square below which a window is quiet.</param>
internal sealed class SplitPlanner(int minLength, int maxLength, int minPause, float threshold)
{
    // A pause longer than this is no better place than one just as long.
    private const double LongPauses = 3;

    private readonly List<float> _windows = [];

    /// <summary>Takes one more window; gives the length of a part when one is certain, else 0.</summary>
    public int Add(float meanSquare)
    {
        _windows.Add(meanSquare);
        // Enough must follow the cut for the next part not to be too short.
        return _windows.Count < maxLength + minLength ? 0 : Cut(minLength, maxLength);
    }

    /// <summary>Gives the lengths of the last parts, when no more windows come.</summary>
    public IEnumerable<int> Complete()
    {
        while (_windows.Count > maxLength)
            yield return Cut(
                Math.Max(minLength, _windows.Count - maxLength),
                Math.Min(maxLength, _windows.Count - minLength)
            );
        if (_windows.Count > 0)
            yield return _windows.Count;
        _windows.Clear();
    }

    private int Cut(int from, int to)
    {
        int cut = BestPause(from, to) ?? Quietest(from, to);
        _windows.RemoveRange(0, cut);
        return cut;
    }

    private int? BestPause(int from, int to)
    {
        int? best = null;
        double bestScore = 0;
        int start = -1;
        for (int i = 0; i <= _windows.Count; i++)
        {
            if (i < _windows.Count && _windows[i] < threshold)
            {
                if (start < 0)
                    start = i;
                continue;
            }
            if (start >= 0 && i - start >= minPause)
            {
                int middle = Math.Clamp((start + i) / 2, from, to);
                double score =
                    Math.Min((double)(i - start) / minPause, LongPauses) / LongPauses
                    + (middle - from) / (double)Math.Max(to - from, 1);
                bool withinReach = middle >= start && middle <= i;
                if (withinReach && (best is null || score > bestScore))
                    (best, bestScore) = (middle, score);
            }
            start = -1;
        }
        return best;
    }

    // In the later half, so that parts don't get needlessly many.
    private int Quietest(int from, int to)
    {
        int first = (from + to + 1) / 2;
        int half = minPause / 2;
        int best = to;
        double bestSum = double.MaxValue;
        for (int cut = first; cut <= to; cut++)
        {
            double sum = 0;
            for (int i = Math.Max(cut - half, 0); i < Math.Min(cut + half + 1, _windows.Count); i++)
                sum += _windows[i];
            if (sum <= bestSum)
                (best, bestSum) = (cut, sum);
        }
        return best;
    }
}
