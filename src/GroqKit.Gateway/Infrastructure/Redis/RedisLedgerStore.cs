using System.Globalization;
using GroqKit.Gateway.Services.Limits.Leases;
using GroqKit.Gateway.Services.Sharing;
using StackExchange.Redis;
using IRedis = StackExchange.Redis.IDatabase;

namespace GroqKit.Gateway.Infrastructure.Redis;

/// <summary>Ledgers in Redis, by its clock.</summary>
internal sealed class RedisLedgerStore(RedisConnection connection) : ILedgerStore
{
    private const string Folder = RedisConnection.Prefix + "limits:";
    private const string Epoch = RedisConnection.Prefix + "limits-since";

    private const string Read = """
        local time = redis.call('TIME')
        local now = time[1] .. string.format('%03d', math.floor(time[2] / 1000))
        local since = redis.call('GET', KEYS[2])
        if not since then
            since = now .. ARGV[1]
            redis.call('SET', KEYS[2], since)
        end
        return { now, since, redis.call('GET', KEYS[1]) }
        """;

    private const string Replace = """
        local there = redis.call('GET', KEYS[1])
        if (there or '') ~= ARGV[1] then
            return 0
        end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """;

    public bool IsReachable => connection.IsReachable;

    public ValueTask<SharedAnswer<LedgerRead>> ReadAsync(
        string id,
        bool survivor,
        CancellationToken cancellationToken
    ) =>
        connection.AskAsync(
            async redis =>
            {
                var parts = (RedisResult[])
                    await EvaluateAsync(redis, Read, [Folder + id, Epoch], [StoreEpoch.Mark(survivor)]);
                return new LedgerRead(
                    long.Parse((string)parts[0], NumberStyles.None, CultureInfo.InvariantCulture),
                    StoreEpoch.Parse((string)parts[1]),
                    // A list ends where it has nothing.
                    parts.Length > 2
                        ? (byte[]?)parts[2]
                        : null
                );
            },
            cancellationToken
        );

    public ValueTask<SharedAnswer<bool>> ReplaceAsync(
        string id,
        byte[]? old,
        byte[] value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    ) =>
        connection.AskAsync(
            async redis =>
                (long)
                    await EvaluateAsync(
                        redis,
                        Replace,
                        [Folder + id],
                        [old ?? [], value, (long)lifetime.TotalMilliseconds]
                    ) == 1,
            cancellationToken
        );

    /// <summary>Redis drops by itself what has outlived its time.</summary>
    public ValueTask TrimAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static async Task<RedisResult> EvaluateAsync(
        IRedis redis,
        string script,
        RedisKey[] keys,
        RedisValue[] values
    )
    {
        try
        {
            return await redis.ScriptEvaluateAsync(script, keys, values);
        }
        catch (RedisServerException forgotten) when (forgotten.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // Redis was restarted; the driver knows by now, and sends the script itself.
            return await redis.ScriptEvaluateAsync(script, keys, values);
        }
    }
}
