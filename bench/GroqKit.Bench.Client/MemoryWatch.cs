namespace GroqKit.Bench.Client;

/// <summary>What is alive above what was alive at the start, after a full collection each time it looks.</summary>
internal sealed class MemoryWatch
{
    private const double Megabyte = 1024 * 1024;

    private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);
    private readonly long _workingSet = Environment.WorkingSet;
    private readonly List<double> _growth = [];

    public void Look() => _growth.Add((GC.GetTotalMemory(forceFullCollection: true) - _start) / Megabyte);

    public void Print(string what) =>
        Console.WriteLine(
            $"{what, -44}most {_growth.Max(), 6:0.00} MB, at the end {_growth[^1], 6:0.00} MB above the start; working set {(Environment.WorkingSet - _workingSet) / Megabyte, 6:+0.0;-0.0} MB"
        );
}
