using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Infrastructure.Secrets;

/// <summary>
/// Envelopes: every secret has a random data key of its own, which the master key encrypts, both by AES-256-GCM with random nonces. The
/// place is authenticated with both, so that a row copied to another tenant or provider can't be read there. Stored as
/// <c>v2.KEY.WRAPPED.TEXT</c> in base64url; KEY tells which master key was used. Secrets of the form <c>v1.KEY.TEXT</c>, straight under
/// the master key, are still read. Thread-safe.
/// </summary>
internal sealed class AesSecretProtector : ISecretProtector
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    private const string Form = "v2";
    private const string FormerForm = "v1";
    private const int TagLength = 16;
    private const int NonceLength = 12;

    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly byte[]? _key;
    private readonly string _keyId;

    /// <param name="masterKey">32 bytes; null when the operator has set none.</param>
    /// <param name="previous">The master key before; secrets under it can be read, and new ones are never put under it.</param>
    public AesSecretProtector(byte[]? masterKey, byte[]? previous = null)
    {
        if (previous is not null)
            _keys[IdOf(previous)] = previous;
        _key = masterKey;
        _keyId = masterKey is null ? "" : IdOf(masterKey);
        if (masterKey is not null)
            _keys[_keyId] = masterKey;
    }

    public bool IsAvailable => _key is not null;

    public string Protect(string place, string secret)
    {
        if (_key is null)
            throw new SecretException("GROQKIT_MASTER_KEY is not set, so secrets can't be stored.");
        byte[] dataKey = RandomNumberGenerator.GetBytes(KeyLength);
        try
        {
            string wrapped = Seal(_key, place, dataKey);
            return $"{Form}.{_keyId}.{wrapped}.{Seal(dataKey, place, Encoding.UTF8.GetBytes(secret))}";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    public string Unprotect(string place, string stored)
    {
        if (_keys.Count == 0)
            throw new SecretException($"GROQKIT_MASTER_KEY is not set, but the secret of {place} was stored with one.");
        string[] parts = stored.Split('.');
        bool known = parts is [Form, _, _, _] or [FormerForm, _, _];
        if (!known)
            throw new SecretException($"The stored secret of {place} has a form that this gateway doesn't know.");
        if (!_keys.TryGetValue(parts[1], out byte[]? key))
            throw new SecretException(
                $"GROQKIT_MASTER_KEY is not the one that the secret of {place} was stored with (key {parts[1]}, not {_keyId})."
            );
        try
        {
            if (parts.Length == 3)
                return Encoding.UTF8.GetString(Open(key, place, parts[2]));
            byte[] dataKey = Open(key, place, parts[2]);
            string secret = Encoding.UTF8.GetString(Open(dataKey, place, parts[3]));
            CryptographicOperations.ZeroMemory(dataKey);
            return secret;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException or ArgumentException)
        {
            throw new SecretException($"The stored secret of {place} was changed, or belongs elsewhere.", broken);
        }
    }

    public bool IsOutdated(string stored) =>
        _key is not null && !stored.StartsWith($"{Form}.{_keyId}.", StringComparison.Ordinal);

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));

    private static string Seal(byte[] key, string place, ReadOnlySpan<byte> text)
    {
        byte[] stored = new byte[NonceLength + text.Length + TagLength];
        Span<byte> nonce = stored.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(
            nonce,
            text,
            stored.AsSpan(NonceLength, text.Length),
            stored.AsSpan(NonceLength + text.Length),
            Encoding.UTF8.GetBytes(place)
        );
        return Base64Url.EncodeToString(stored);
    }

    private static byte[] Open(byte[] key, string place, string sealedText)
    {
        byte[] stored = Base64Url.DecodeFromChars(sealedText);
        int length = stored.Length - NonceLength - TagLength;
        byte[] text = new byte[length < 0 ? throw new FormatException() : length];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(
            stored.AsSpan(0, NonceLength),
            stored.AsSpan(NonceLength, length),
            stored.AsSpan(NonceLength + length),
            text,
            Encoding.UTF8.GetBytes(place)
        );
        return text;
    }
}
