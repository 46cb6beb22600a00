using System.Diagnostics;
using GroqKit.Tests.Audio;

namespace GroqKit.Tests.Telemetry;

/// <summary>Without a listener telemetry costs nothing. Listeners hear the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(AloneCollection))]
[Requirement("CL-24", "CL-25", "CL-27")]
public sealed class TelemetryCostTests
{
    [Fact]
    public async Task Without_a_listener_nothing_is_allocated_for_telemetry()
    {
        using var handler = new UsageHandler(static _ => (1, 1));
        using GroqClient without = Clients.For(handler, options => options.Telemetry.Enabled = false);
        using GroqClient with = Clients.For(handler);

        // The least of several tries: whatever else the process does can only add to one.
        long bare = await LeastAsync(without);
        long told = await LeastAsync(with);

        (told - bare).ShouldBeLessThanOrEqualTo(0);
        Activity.Current.ShouldBeNull();
    }

    private static async Task<long> LeastAsync(GroqClient client)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 300; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Task call = client.Chat.CreateAsync(Requests.Hello);
            // In memory every step is done at once, so the whole call ran on this thread.
            call.IsCompleted.ShouldBeTrue();
            long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            await call;
            least = Math.Min(least, bytes);
        }
        return least;
    }
}
