using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Limits.Leases;
using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Tests.Services.Limits.Leases;

/// <summary>Ledgers in memory, with the ways in which a store fails.</summary>
internal sealed class MemoryLedgerStore(TimeProvider time) : ILedgerStore
{
    private readonly ConcurrentDictionary<string, byte[]> _ledgers = new();
    private StoreEpoch? _epoch;

    public bool IsReachable { get; set; } = true;

    /// <summary>How far the store's clock is before everybody else's.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Nothing arrives.</summary>
    public bool LosesQuestions { get; set; }

    /// <summary>What is asked is done, and nobody hears of it.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    private long Now => (time.GetUtcNow() + Ahead).ToUnixTimeMilliseconds();

    public void Forget()
    {
        _ledgers.Clear();
        _epoch = null;
    }

    public ValueTask<SharedAnswer<LedgerRead>> ReadAsync(string id, bool survivor, CancellationToken cancellationToken)
    {
        Asked++;
        if (LosesQuestions)
            return ValueTask.FromResult(default(SharedAnswer<LedgerRead>));
        _epoch ??= new StoreEpoch(Now, survivor);
        var read = new LedgerRead(Now, _epoch, _ledgers.GetValueOrDefault(id));
        return ValueTask.FromResult(new SharedAnswer<LedgerRead>(true, read));
    }

    public ValueTask<SharedAnswer<bool>> ReplaceAsync(
        string id,
        byte[]? old,
        byte[] value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    )
    {
        Asked++;
        if (LosesQuestions)
            return ValueTask.FromResult(default(SharedAnswer<bool>));
        bool done = old is null
            ? _ledgers.TryAdd(id, value)
            : _ledgers.TryGetValue(id, out byte[]? there)
                && there.AsSpan().SequenceEqual(old)
                && _ledgers.TryUpdate(id, value, there);
        return ValueTask.FromResult(LosesAnswers ? default : new SharedAnswer<bool>(true, done));
    }

    public ValueTask TrimAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
