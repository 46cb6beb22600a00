namespace GroqKit.Simulator.Text;

/// <summary>Ids in the forms that Groq uses, made from numbers so that they can be repeated.</summary>
internal static class Identifiers
{
    private const string Base32 = "0123456789abcdefghjkmnpqrstvwxyz";

    private const string Alphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary><c>req_01…</c>, 26 characters after the prefix.</summary>
    public static string Request(ulong seed)
    {
        var dice = new Dice(seed);
        return string.Create(
            30,
            dice,
            static (text, dice) =>
            {
                "req_01".CopyTo(text);
                Fill(text[6..], dice, Base32);
            }
        );
    }

    /// <summary>A version 4 UUID in lower case.</summary>
    public static string Uuid(Dice dice)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, dice.Next());
        BitConverter.TryWriteBytes(bytes[8..], dice.Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>Nine letters and digits, as the Llama and Qwen families name their tool calls.</summary>
    public static string Nine(Dice dice) =>
        string.Create(9, dice, static (text, dice) => Fill(text, dice, Alphanumerics));

    public static string Fingerprint(string model) => $"fp_{StableHash.Of(model) & 0xFF_FFFF_FFFF:x10}";

    private static void Fill(Span<char> text, Dice dice, string alphabet)
    {
        for (int i = 0; i < text.Length; i++)
            text[i] = alphabet[dice.Roll(alphabet.Length)];
    }
}
