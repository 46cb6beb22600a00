using System.Globalization;

namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>What a process holds, as the kernel counts it.</summary>
internal sealed class ProcessMemory(int pid)
{
    private readonly string _status = $"/proc/{pid}/status";

    /// <summary>Kilobytes that are resident now.</summary>
    public long Resident()
    {
        string line = File.ReadLines(_status).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The most that was resident at any look while some work ran, and what was before it.</summary>
    public async Task<(long Before, long Most)> WatchAsync(Func<Task> work, TimeProvider time)
    {
        long before = Resident();
        long most = before;
        Task running = work();
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(100), time)) != running)
            most = Math.Max(most, Resident());
        await running;
        return (before, Math.Max(most, Resident()));
    }
}
