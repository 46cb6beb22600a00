using GroqKit.Gateway.Services.Sharing;
using StackExchange.Redis;

namespace GroqKit.Gateway.Infrastructure.Redis;

/// <summary>The shared memory, in Redis.</summary>
internal sealed class RedisSharedMemory(RedisConnection connection) : ISharedMemory
{
    public bool IsReachable => connection.IsReachable;

    public ValueTask<SharedAnswer<byte[]?>> GetAsync(string key, CancellationToken cancellationToken) =>
        connection.AskAsync<byte[]?>(
            async redis => await redis.StringGetAsync(RedisConnection.Prefix + key),
            cancellationToken
        );

    public async ValueTask<bool> SetAsync(
        string key,
        ReadOnlyMemory<byte> value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        SharedAnswer<bool> set = await connection.AskAsync(
            redis => redis.StringSetAsync(RedisConnection.Prefix + key, value.ToArray(), lifetime),
            cancellationToken
        );
        return set.Value;
    }

    public ValueTask<SharedAnswer<bool>> AddAsync(
        string key,
        ReadOnlyMemory<byte> value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        return connection.AskAsync(
            redis => redis.StringSetAsync(RedisConnection.Prefix + key, value.ToArray(), lifetime, When.NotExists),
            cancellationToken
        );
    }

    public async ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken)
    {
        SharedAnswer<bool> deleted = await connection.AskAsync(
            redis => redis.KeyDeleteAsync(RedisConnection.Prefix + key),
            cancellationToken
        );
        return deleted.Reached;
    }

    public async ValueTask<bool> PublishAsync(
        string channel,
        ReadOnlyMemory<byte> message,
        CancellationToken cancellationToken
    )
    {
        SharedAnswer<long> published = await connection.AskAsync(
            redis => redis.PublishAsync(RedisConnection.Prefix + channel, message.ToArray()),
            cancellationToken
        );
        return published.Reached;
    }

    public IDisposable Subscribe(string channel, Action<ReadOnlyMemory<byte>> receive, Action missed) =>
        connection.Subscribe(channel, receive, missed);
}
