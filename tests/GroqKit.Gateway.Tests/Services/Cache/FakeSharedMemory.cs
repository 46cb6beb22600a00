using System.Collections.Concurrent;
using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Tests.Services.Cache;

/// <summary>A shared store in this process. What it publishes arrives before publishing returns.</summary>
internal sealed class FakeSharedMemory : ISharedMemory
{
    private readonly ConcurrentDictionary<string, byte[]> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, (Action<ReadOnlyMemory<byte>> Receive, Action Missed)> _listening = [];

    public bool IsReachable { get; set; } = true;

    public IEnumerable<string> Keys => _values.Keys;

    public void Overwrite(string key, byte[] value) => _values[key] = value;

    public void LoseMessages()
    {
        foreach ((_, Action missed) in _listening.Values)
            missed();
    }

    public ValueTask<SharedAnswer<byte[]?>> GetAsync(string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            IsReachable ? new SharedAnswer<byte[]?>(true, _values.GetValueOrDefault(key)) : SharedAnswer<byte[]?>.None
        );

    public ValueTask<bool> SetAsync(
        string key,
        ReadOnlyMemory<byte> value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    )
    {
        if (IsReachable)
            _values[key] = value.ToArray();
        return ValueTask.FromResult(IsReachable);
    }

    public ValueTask<SharedAnswer<bool>> AddAsync(
        string key,
        ReadOnlyMemory<byte> value,
        TimeSpan lifetime,
        CancellationToken cancellationToken
    ) =>
        ValueTask.FromResult(
            IsReachable ? new SharedAnswer<bool>(true, _values.TryAdd(key, value.ToArray())) : SharedAnswer<bool>.None
        );

    public ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (IsReachable)
            _values.TryRemove(key, out _);
        return ValueTask.FromResult(IsReachable);
    }

    public ValueTask<bool> PublishAsync(
        string channel,
        ReadOnlyMemory<byte> message,
        CancellationToken cancellationToken
    )
    {
        if (IsReachable)
        {
            foreach ((Action<ReadOnlyMemory<byte>> receive, _) in _listening.Values)
                receive(message);
        }
        return ValueTask.FromResult(IsReachable);
    }

    public IDisposable Subscribe(string channel, Action<ReadOnlyMemory<byte>> receive, Action missed)
    {
        var id = Guid.NewGuid();
        _listening[id] = (receive, missed);
        return new Listening(() => _listening.TryRemove(id, out _));
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
