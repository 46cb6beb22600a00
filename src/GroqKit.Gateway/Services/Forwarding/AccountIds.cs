using System.Buffers;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// Takes the provider's account ids out of its messages: they are the operator's, and Groq names them in every rate-limit error.
/// </summary>
internal static class AccountIds
{
    private static readonly SearchValues<byte> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8
    );

    public static byte[] Mask(ReadOnlySpan<byte> text)
    {
        byte[] masked = new byte[text.Length];
        int length = 0;
        while (text.IndexOf("org_"u8) is int at && at >= 0)
        {
            int id = at + 4;
            text[..id].CopyTo(masked.AsSpan(length));
            length += id;
            text = text[id..];
            int end = text.IndexOfAnyExcept(IdCharacters);
            text = end < 0 ? [] : text[end..];
        }
        text.CopyTo(masked.AsSpan(length));
        return masked[..(length + text.Length)];
    }
}
