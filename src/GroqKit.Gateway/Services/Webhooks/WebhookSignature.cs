using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>
/// Signs and checks messages as Standard Webhooks has it: HMAC-SHA-256 over <c>id.timestamp.body</c>, the body as the bytes on the wire.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>How far the sender's clock and the way may differ from ours, both ways.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    // Nobody rotates more secrets than this at once; a longer list only asks for work.
    private const int MaxSignatures = 10;
    private const int HashLength = 32;
    private const string Version = "v1,";

    /// <summary>The value of <c>webhook-signature</c>: one signature for each secret that is valid during a rotation.</summary>
    public static string Create(IEnumerable<WebhookSecret> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] message = MessageOf(id, timestamp.ToString(CultureInfo.InvariantCulture), body);
        var list = new StringBuilder();
        Span<byte> hash = stackalloc byte[HashLength];
        foreach (WebhookSecret secret in secrets)
        {
            secret.Sign(message, hash);
            list.Append(list.Length > 0 ? " " : "").Append(Version).Append(Convert.ToBase64String(hash));
        }
        return list.ToString();
    }

    /// <summary>Whether a message was signed with one of the secrets, not long ago.</summary>
    public static SignatureVerdict Check(
        IReadOnlyCollection<WebhookSecret> secrets,
        string? id,
        string? timestamp,
        string? signatures,
        ReadOnlySpan<byte> body,
        DateTimeOffset now
    )
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
            return SignatureVerdict.HeadersMissing;
        // The dot separates what is signed: an id that holds one could move bytes from one part into the next.
        if (id.Contains('.', StringComparison.Ordinal))
            return SignatureVerdict.Malformed;
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
            return SignatureVerdict.Malformed;
        byte[] message = MessageOf(id, timestamp, body);
        if (!IsSigned(secrets, message, signatures))
            return SignatureVerdict.Wrong;
        // Looked at last: whoever can't sign learns nothing about the clock.
        long age = now.ToUnixTimeSeconds() - seconds;
        if (age > Tolerance.TotalSeconds)
            return SignatureVerdict.TooOld;
        return age < -Tolerance.TotalSeconds ? SignatureVerdict.FromTheFuture : SignatureVerdict.Valid;
    }

    private static bool IsSigned(IReadOnlyCollection<WebhookSecret> secrets, byte[] message, string signatures)
    {
        Span<byte> claimed = stackalloc byte[HashLength];
        Span<byte> hash = stackalloc byte[HashLength];
        bool signed = false;
        int count = 0;
        foreach (Range range in signatures.AsSpan().Split(' '))
        {
            ReadOnlySpan<char> signature = signatures.AsSpan(range);
            if (!signature.StartsWith(Version) || ++count > MaxSignatures)
                continue;
            if (!IsHash(signature[Version.Length..], claimed))
                continue;
            foreach (WebhookSecret secret in secrets)
            {
                secret.Sign(message, hash);
                signed |= CryptographicOperations.FixedTimeEquals(hash, claimed);
            }
        }
        return signed;
    }

    // Strict: the decoder itself passes over white space and ignores spare bits, which would give one signature many spellings.
    private static bool IsHash(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.Length != Base64.GetMaxEncodedToUtf8Length(HashLength))
            return false;
        if (!Convert.TryFromBase64Chars(text, destination, out int length) || length != HashLength)
            return false;
        Span<char> canonical = stackalloc char[Base64.GetMaxEncodedToUtf8Length(HashLength)];
        Convert.TryToBase64Chars(destination, canonical, out _);
        return text.SequenceEqual(canonical);
    }

    private static byte[] MessageOf(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        string head = $"{id}.{timestamp}.";
        int length = Encoding.UTF8.GetByteCount(head);
        byte[] message = new byte[length + body.Length];
        Encoding.UTF8.GetBytes(head, message);
        body.CopyTo(message.AsSpan(length));
        return message;
    }
}
