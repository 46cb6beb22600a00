using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Services.Cache;

/// <summary>
/// The part of the cache that nodes share. Whatever it doesn't answer counts as not there: the cache fails open, and at most once by the
/// 50 ms after which the store is held to be away.
/// </summary>
internal sealed class SharedLevel(ISharedMemory store, TimeProvider time)
{
    private const string ValuePrefix = "cache:value:";
    private const string TurnPrefix = "cache:turn:";
    private const int LongestKey = 200;

    // A node that dies while it fetches holds up the others no longer than that.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] Taken = "1"u8.ToArray();

    public async ValueTask<CacheEntry?> FindAsync(string key, CancellationToken cancellationToken)
    {
        SharedAnswer<byte[]?> answer = await store.GetAsync(ValuePrefix + Short(key), cancellationToken);
        return answer.Value is { } bytes ? CacheEnvelope.Read(bytes) : null;
    }

    public async ValueTask KeepAsync(
        string key,
        CacheEntry entry,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    ) => await store.SetAsync(ValuePrefix + Short(key), CacheEnvelope.Write(entry), lifetime, cancellationToken);

    public async ValueTask RemoveAsync(string key, CancellationToken cancellationToken) =>
        await store.DeleteAsync(ValuePrefix + Short(key), cancellationToken);

    /// <summary>Waits until this node may fetch, or another one has.</summary>
    /// <returns>What another node fetched meanwhile; null when this one is to fetch.</returns>
    public async ValueTask<CacheEntry?> TakeTurnAsync(string key, CancellationToken cancellationToken)
    {
        string turn = TurnPrefix + Short(key);
        long begun = time.GetTimestamp();
        while (true)
        {
            SharedAnswer<bool> taken = await store.AddAsync(turn, Taken, Turn, cancellationToken);
            // The one before may have had its turn between our first look and now.
            if (taken.Reached && await FindAsync(key, cancellationToken) is { } found)
            {
                if (taken.Value)
                    await EndTurnAsync(key);
                return found;
            }
            if (!taken.Reached || taken.Value || time.GetElapsedTime(begun) > Turn)
                return null;
            await Task.Delay(Look, time, cancellationToken);
        }
    }

    public async ValueTask EndTurnAsync(string key) =>
        await store.DeleteAsync(TurnPrefix + Short(key), CancellationToken.None);

    private static string Short(string key) =>
        key.Length <= LongestKey ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
