using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>
/// The fingerprint of what a turn begins with: its settings, and its words or its sound, which is taken while it comes. Used by one thread at a time;
/// the fingerprint may be asked for by any.
/// </summary>
internal sealed class TurnContent : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? _fingerprint;

    /// <param name="meaning">What the turn means beside what is said, in a fixed order.</param>
    public TurnContent(IEnumerable<string?> meaning)
    {
        foreach (string? one in meaning)
            Append(one);
    }

    /// <summary>Null while not all of it came.</summary>
    public string? Fingerprint => Volatile.Read(ref _fingerprint);

    public void Take(string text)
    {
        Append("text");
        Append(text);
        End();
    }

    /// <summary>The same sound, whose fingerprint is taken as it is read.</summary>
    public Stream Watch(Stream sound, string? mediaType)
    {
        Append("audio");
        Append(mediaType);
        return new WatchedSound(sound, this);
    }

    public void Dispose() => _hash.Dispose();

    private void Append(string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? "");
        // Lengths keep one from passing for the end of another, and null from passing for nothing.
        _hash.AppendData(BitConverter.GetBytes(text is null ? -1 : bytes.Length));
        _hash.AppendData(bytes);
    }

    private void End() => Volatile.Write(ref _fingerprint, Convert.ToHexStringLower(_hash.GetHashAndReset()));

    private sealed class WatchedSound(Stream sound, TurnContent content) : PassingStream
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            int read = await sound.ReadAsync(buffer, cancellationToken);
            if (read > 0)
                content._hash.AppendData(buffer.Span[..read]);
            else if (!buffer.IsEmpty && content.Fingerprint is null)
                content.End();
            return read;
        }
    }
}
