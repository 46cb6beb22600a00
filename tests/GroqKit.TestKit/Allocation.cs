namespace GroqKit.TestKit;

/// <summary>What work leaves for the garbage collector.</summary>
public static class Allocation
{
    private const int Tries = 5;

    /// <summary>
    /// How many bytes the work allocates on this thread: the least of several tries, because whatever else the process does, such as
    /// compiling anew what is called often, can only add to one.
    /// </summary>
    /// <param name="work">Done once before, so that what is made only once doesn't count.</param>
    public static long Of(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        work();
        long least = long.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
