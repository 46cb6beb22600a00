using System.Security.Cryptography;
using System.Text;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Infrastructure.Secrets;

/// <summary>
/// AES-256-GCM with a random nonce. The place is authenticated with the secret, so that a row copied to another tenant or provider
/// can't be read there. Stored as <c>v1.KEY.NONCE+TEXT+TAG</c> in base64url; KEY tells which master key was used.
/// </summary>
internal sealed class AesSecretProtector : ISecretProtector
{
    /// <summary>Bytes of a master key.</summary>
    public const int KeyLength = 32;

    private const string Form = "v1";
    private const int TagLength = 16;
    private const int NonceLength = 12;

    private readonly byte[]? _key;
    private readonly string _keyId;

    /// <param name="masterKey">32 bytes; null when the operator has set none.</param>
    public AesSecretProtector(byte[]? masterKey)
    {
        _key = masterKey;
        _keyId = masterKey is null ? "" : Convert.ToHexStringLower(SHA256.HashData(masterKey).AsSpan(0, 4));
    }

    public bool IsAvailable => _key is not null;

    public string Protect(string place, string secret)
    {
        if (_key is null)
            throw new SecretException("GROQKIT_MASTER_KEY is not set, so secrets can't be stored.");
        byte[] text = Encoding.UTF8.GetBytes(secret);
        byte[] stored = new byte[NonceLength + text.Length + TagLength];
        Span<byte> nonce = stored.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(
            nonce,
            text,
            stored.AsSpan(NonceLength, text.Length),
            stored.AsSpan(NonceLength + text.Length),
            Encoding.UTF8.GetBytes(place)
        );
        return $"{Form}.{_keyId}.{System.Buffers.Text.Base64Url.EncodeToString(stored)}";
    }

    public string Unprotect(string place, string stored)
    {
        if (_key is null)
            throw new SecretException($"GROQKIT_MASTER_KEY is not set, but the secret of {place} was stored with one.");
        string[] parts = stored.Split('.');
        if (parts is not [Form, var keyId, var body])
            throw new SecretException($"The stored secret of {place} has a form that this gateway doesn't know.");
        if (keyId != _keyId)
            throw new SecretException(
                $"GROQKIT_MASTER_KEY is not the one that the secret of {place} was stored with (key {keyId}, not {_keyId})."
            );
        try
        {
            return Open(place, System.Buffers.Text.Base64Url.DecodeFromChars(body));
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException or ArgumentException)
        {
            throw new SecretException($"The stored secret of {place} was changed, or belongs elsewhere.", broken);
        }
    }

    private string Open(string place, byte[] stored)
    {
        int length = stored.Length - NonceLength - TagLength;
        byte[] text = new byte[length < 0 ? throw new FormatException() : length];
        using var aes = new AesGcm(_key!, TagLength);
        aes.Decrypt(
            stored.AsSpan(0, NonceLength),
            stored.AsSpan(NonceLength, length),
            stored.AsSpan(NonceLength + length),
            text,
            Encoding.UTF8.GetBytes(place)
        );
        return Encoding.UTF8.GetString(text);
    }
}
