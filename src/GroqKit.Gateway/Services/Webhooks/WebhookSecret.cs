using System.Security.Cryptography;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>A secret of the Standard Webhooks form: <c>whsec_</c> and the base64 of 24 to 64 bytes.</summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    public static WebhookSecret Create() => new(RandomNumberGenerator.GetBytes(32));

    /// <exception cref="FormatException">It is not of that form. The message never repeats the secret.</exception>
    public static WebhookSecret Parse(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            throw new FormatException($"must begin with '{Prefix}'");
        byte[] key = new byte[MaxBytes];
        if (!Convert.TryFromBase64String(text[Prefix.Length..], key, out int length))
            throw new FormatException($"must be '{Prefix}' and the base64 of {MinBytes} to {MaxBytes} bytes");
        if (length < MinBytes)
            throw new FormatException($"is shorter than {MinBytes} bytes");
        return new WebhookSecret(key[..length]);
    }

    /// <summary>The keyed hash of a message: HMAC-SHA-256, 32 bytes.</summary>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> destination) =>
        HMACSHA256.HashData(_key, message, destination);

    /// <summary>The secret as its owner keeps it. Shown once, when it is made.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(_key);

    public override string ToString() => Prefix + "***";
}
