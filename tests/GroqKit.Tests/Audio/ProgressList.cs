namespace GroqKit.Tests.Audio;

/// <summary>Keeps everything that was reported, in order, at once.</summary>
internal sealed class ProgressList<T> : List<T>, IProgress<T>
{
    public void Report(T value)
    {
        lock (this)
            Add(value);
    }
}
