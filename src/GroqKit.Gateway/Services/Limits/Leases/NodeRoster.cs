using System.Globalization;
using System.Text.Json;
using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>Knows how many nodes there are, from what they all write into one place. Thread-safe.</summary>
internal sealed class NodeRoster(TimeProvider time)
{
    private const string Id = "nodes";

    // A node that hasn't been heard of for so long is gone.
    private const long ForgottenAfter = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // A moment's trouble is no reason to count alone, which is less exact.
    private static readonly TimeSpan AloneAfter = TimeSpan.FromSeconds(2);

    private int _count = 1;
    private bool _alone;
    private bool _survivor;
    private long _heard = time.GetTimestamp();

    /// <summary>This process's name, another one at every start.</summary>
    public string Own { get; } = Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);

    /// <summary>True once this node has known the store: one that knows nothing then has forgotten.</summary>
    public bool IsSurvivor => Volatile.Read(ref _survivor);

    /// <summary>
    /// True when this node goes on without the store: at once where it was the only one there, and where there were others when nothing
    /// has been heard of the store for two seconds.
    /// </summary>
    public bool GoesAlone => Volatile.Read(ref _alone) || time.GetElapsedTime(Volatile.Read(ref _heard)) >= AloneAfter;

    /// <summary>How many nodes there were when that could last be read; at least 1.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The store has answered.</summary>
    public void Heard()
    {
        Volatile.Write(ref _heard, time.GetTimestamp());
        Volatile.Write(ref _survivor, true);
    }

    /// <summary>Says that this node is there, or that it leaves, and counts the others.</summary>
    public async Task ReportAsync(ILedgerStore store, bool leaving, CancellationToken cancellationToken)
    {
        SharedAnswer<LedgerRead> answer = await store.ReadAsync(Id, IsSurvivor, cancellationToken);
        if (answer is not { Reached: true, Value: { } read })
            return;
        Heard();
        Dictionary<string, long> nodes = read.State is { } state
            ? JsonSerializer.Deserialize<Dictionary<string, long>>(state)!
            : [];
        nodes[Own] = read.Now;
        if (leaving)
            nodes.Remove(Own);
        foreach (
            string gone in nodes.Where(node => node.Value < read.Now - ForgottenAfter).Select(n => n.Key).ToArray()
        )
            nodes.Remove(gone);
        Volatile.Write(ref _count, Math.Max(1, nodes.Count));
        // When another node was faster, this one is written the next time.
        SharedAnswer<bool> replaced = await store.ReplaceAsync(
            Id,
            read.State,
            JsonSerializer.SerializeToUtf8Bytes(nodes),
            Lifetime,
            cancellationToken
        );
        if (replaced.Reached)
            Volatile.Write(ref _alone, replaced.Value && nodes.Count == 1 && !leaving);
    }
}
