using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;

namespace GroqKit.Gateway.Services.Cache;

/// <summary>Values as bytes: byte arrays and strings as they are, others by a serializer that is registered for them, else as JSON.</summary>
internal sealed class CacheSerializers(IServiceProvider services)
{
    public byte[] Write<T>(T value)
    {
        switch (value)
        {
            case byte[] bytes:
                return bytes;
            case string text:
                return Encoding.UTF8.GetBytes(text);
            default:
                if (services.GetService<IHybridCacheSerializer<T>>() is not { } own)
                    return JsonSerializer.SerializeToUtf8Bytes(value);
                var buffer = new ArrayBufferWriter<byte>();
                own.Serialize(value, buffer);
                return buffer.WrittenSpan.ToArray();
        }
    }

    /// <returns>A value of the caller's own: what it does to it, others don't see.</returns>
    public T Read<T>(byte[] bytes)
    {
        if (typeof(T) == typeof(byte[]))
            return (T)(object)bytes.AsSpan().ToArray();
        if (typeof(T) == typeof(string))
            return (T)(object)Encoding.UTF8.GetString(bytes);
        return services.GetService<IHybridCacheSerializer<T>>() is { } own
            ? own.Deserialize(new ReadOnlySequence<byte>(bytes))
            : JsonSerializer.Deserialize<T>(bytes)!;
    }
}
