using GroqKit.Gateway.Infrastructure.Guarding;
using GroqKit.Gateway.Services.Limits.Leases;
using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Tests.Infrastructure;

/// <summary>What every store of ledgers does.</summary>
[Requirement("GW-20")]
public abstract class LedgerStoreTests
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly byte[] One = "one"u8.ToArray();
    private static readonly byte[] Two = "two"u8.ToArray();

    private protected abstract ILedgerStore Store { get; }

    /// <summary>The store's clock: it stands, so that a slow machine is not a store that is away.</summary>
    private protected ManualTimeProvider Time { get; } = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_who_knows_what_is_there_can_replace_it()
    {
        LedgerRead none = await ReadAsync("a");
        none.State.ShouldBeNull();
        Math.Abs(none.Now - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).ShouldBeLessThan(60_000);

        (await ReplaceAsync("a", null, One)).ShouldBeTrue();
        (await ReplaceAsync("a", null, Two)).ShouldBeFalse();
        (await ReplaceAsync("a", Two, Two)).ShouldBeFalse();
        (await ReplaceAsync("a", One, Two)).ShouldBeTrue();

        (await ReadAsync("a")).State.ShouldBe(Two);
        (await ReadAsync("b")).State.ShouldBeNull();
    }

    [Fact]
    public async Task Of_nodes_that_replace_at_once_one_succeeds()
    {
        // A driver gives up by itself in the end where the machine stands still: who was told nothing is no witness, and all try again.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        for (int round = 0; ; round++)
        {
            timeout.Token.ThrowIfCancellationRequested();
            string id = $"a{round}";
            SharedAnswer<bool>[] done = await Task.WhenAll(
                Enumerable
                    .Range(0, 10)
                    .Select(i =>
                        Task.Run(async () =>
                        {
                            await ReadAsync(id);
                            return await Store.ReplaceAsync(id, null, [(byte)i], Lifetime, Cancelled);
                        })
                    )
            );

            byte[]? kept = (await ReadAsync(id)).State;
            for (int i = 0; i < done.Length; i++)
            {
                if (done[i].Reached)
                    done[i].Value.ShouldBe(kept?[0] == i);
            }
            if (!done.All(one => one.Reached))
                continue;
            kept.ShouldNotBeNull();
            return;
        }
    }

    [Fact]
    public async Task The_life_of_a_store_begins_once_and_again_when_it_has_forgotten()
    {
        LedgerRead first = await ReadAsync("a", survivor: false);
        (await ReadAsync("b", survivor: true)).Epoch.ShouldBe(first.Epoch);
        first.Epoch.AfterLoss.ShouldBeFalse();
        first.Epoch.Since.ShouldBeInRange(first.Now - 60_000, first.Now);

        await ForgetAsync();

        (await ReadAsync("a", survivor: true)).Epoch.AfterLoss.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_stands_still_is_away_until_it_moves()
    {
        await ReadAsync("a");
        await FreezeAsync();

        Task<SharedAnswer<LedgerRead>> asked = Store.ReadAsync("a", survivor: true, Cancelled).AsTask();
        (await Time.PassUntilAsync(asked, RemoteGuard.Cap)).Reached.ShouldBeFalse();
        Store.IsReachable.ShouldBeFalse();
        Store.ReplaceAsync("a", null, One, Lifetime, Cancelled).AsTask().IsCompletedSuccessfully.ShouldBeTrue();

        await ThawAsync();
        (await ReadAsync("a")).Now.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Trimming_leaves_what_matters()
    {
        (await ReplaceAsync("a", null, One)).ShouldBeTrue();

        await Store.TrimAsync(Cancelled);

        (await ReadAsync("a")).State.ShouldBe(One);
    }

    private protected abstract Task ForgetAsync();

    private protected abstract Task FreezeAsync();

    private protected abstract Task ThawAsync();

    private protected async Task<LedgerRead> ReadAsync(string id, bool survivor = false)
    {
        // Connections are made in the background.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        while (true)
        {
            SharedAnswer<LedgerRead> read = await Store.ReadAsync(id, survivor, timeout.Token);
            if (read.Reached)
                return read.Value;
            Time.Advance(2 * RemoteGuard.Cap);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, timeout.Token);
        }
    }

    private async Task<bool> ReplaceAsync(string id, byte[]? old, byte[] value)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        byte[]? before = (await ReadAsync(id)).State;
        while (true)
        {
            timeout.Token.ThrowIfCancellationRequested();
            SharedAnswer<bool> replaced = await Store.ReplaceAsync(id, old, value, Lifetime, Cancelled);
            if (replaced.Reached)
                return replaced.Value;
            // Nobody was told whether it has happened: the driver gave up where the machine stood still.
            byte[]? now = (await ReadAsync(id)).State;
            if (!Same(now, before))
                return Same(now, value);
        }
    }

    private static bool Same(byte[]? one, byte[]? other) =>
        one is null || other is null ? one == other : one.AsSpan().SequenceEqual(other);
}
