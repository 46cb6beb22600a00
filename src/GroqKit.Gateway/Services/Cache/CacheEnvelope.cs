using System.Buffers.Binary;
using System.Text;

namespace GroqKit.Gateway.Services.Cache;

/// <summary>An entry as bytes: form, end of its life, tags with their generations, value.</summary>
internal static class CacheEnvelope
{
    // Another form is another number, so that nodes of two versions can share a store.
    private const byte Form = 1;

    public static byte[] Write(CacheEntry entry)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Form);
        writer.Write(entry.ExpiresAt);
        writer.Write((ushort)entry.Tags.Length);
        foreach ((string name, long generation) in entry.Tags)
        {
            writer.Write(name);
            writer.Write(generation);
        }
        writer.Write(entry.Value.Length);
        writer.Write(entry.Value);
        return bytes.ToArray();
    }

    /// <returns>The entry; null for what isn't one, because another version or another program wrote it.</returns>
    public static CacheEntry? Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
            if (reader.ReadByte() != Form)
                return null;
            long expiresAt = reader.ReadInt64();
            var tags = new CacheTag[reader.ReadUInt16()];
            for (int i = 0; i < tags.Length; i++)
                tags[i] = new CacheTag(reader.ReadString(), reader.ReadInt64());
            int length = reader.ReadInt32();
            if (length < 0 || length != bytes.Length - reader.BaseStream.Position)
                return null;
            return new CacheEntry(reader.ReadBytes(length), expiresAt, tags);
        }
        catch (Exception broken) when (broken is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    public static byte[] WriteGeneration(long generation)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, generation);
        return bytes;
    }

    /// <returns>0 for what is none.</returns>
    public static long ReadGeneration(ReadOnlySpan<byte> bytes) =>
        bytes.Length == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;
}
