using System.Buffers;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// A request body in rented memory. The memory goes back to the pool when the last user lets go, because an HTTP stack may still
/// be sending it after the call was cancelled, and memory returned too early would send someone else's request.
/// </summary>
internal sealed class PooledBody(byte[] rented, int length) : IDisposable
{
    private int _users = 1;
    private int _disposed;

    /// <summary>The same bytes in rented memory.</summary>
    public static PooledBody Copy(ReadOnlySpan<byte> bytes)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(rented);
        return new PooledBody(rented, bytes.Length);
    }

    public ReadOnlyMemory<byte> Memory => rented.AsMemory(0, length);

    public ReadOnlySpan<byte> Span => rented.AsSpan(0, length);

    /// <summary>Keeps the memory until <see cref="Release"/>; false when it is gone already.</summary>
    public bool TryHold()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            if (users == 0)
                return false;
        } while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
        return true;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Ends the use by whoever read the body. Idempotent.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Release();
    }
}
