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

    /// <summary>What was resident at ten looks a second while some work ran, and before it.</summary>
    public async Task<WatchedMemory> WatchAsync(Func<Task> work, TimeProvider time)
    {
        long before = Resident();
        var looks = new List<long>();
        Task running = work();
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(100), time)) != running)
            looks.Add(Resident());
        await running;
        looks.Add(Resident());
        return new WatchedMemory(before, looks);
    }
}
