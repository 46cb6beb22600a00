namespace GroqKit.Gateway.Infrastructure.Redis;

/// <summary>Someone who listens to a channel.</summary>
internal sealed class RedisSubscription(
    string channel,
    Action<ReadOnlyMemory<byte>> receive,
    Action missed,
    Action<RedisSubscription> drop
) : IDisposable
{
    private volatile bool _over;

    public string Channel => channel;

    public void Receive(ReadOnlyMemory<byte> message)
    {
        if (!_over)
            receive(message);
    }

    public void Missed()
    {
        if (!_over)
            missed();
    }

    public void Dispose()
    {
        _over = true;
        drop(this);
    }
}
