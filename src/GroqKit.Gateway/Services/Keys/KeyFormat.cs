using System.Security.Cryptography;
using System.Text;

namespace GroqKit.Gateway.Services.Keys;

/// <summary>
/// The form of the keys that the gateway makes: <c>gk_ENVIRONMENT_</c>, 28 random characters (166 bits) and a checksum of 6. The
/// prefix and the checksum let secret scanners find a leaked key with hardly a false alarm.
/// </summary>
internal static class KeyFormat
{
    private const string Prefix = "gk_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 28;
    private const int ChecksumLength = 6;

    public static string Create(string environment)
    {
        string body = $"{Prefix}{environment}_{RandomNumberGenerator.GetString(Base62, RandomLength)}";
        return body + Checksum(body);
    }

    /// <summary>True when the text claims to be one of our keys but its checksum doesn't fit.</summary>
    public static bool LooksMistyped(ReadOnlySpan<char> key)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        return key.Length <= Prefix.Length + ChecksumLength
            || !key[^ChecksumLength..].SequenceEqual(Checksum(key[..^ChecksumLength]));
    }

    private static string Checksum(ReadOnlySpan<char> body)
    {
        Span<char> digits = stackalloc char[ChecksumLength];
        uint rest = Crc32(body);
        for (int i = ChecksumLength - 1; i >= 0; i--, rest /= 62)
            digits[i] = Base62[(int)(rest % 62)];
        return new string(digits);
    }

    // The CRC of zip and png, bit by bit: keys are made and misread too seldom for a table.
    private static uint Crc32(ReadOnlySpan<char> text)
    {
        uint crc = uint.MaxValue;
        foreach (Rune rune in text.EnumerateRunes())
        {
            crc ^= (byte)rune.Value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
