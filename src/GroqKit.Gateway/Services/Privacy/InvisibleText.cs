using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// Characters that people don't see and models read: controls, zero-width ones, tags, marks that turn the direction of text. Those that scripts and
/// emoji need stay where they are needed.
/// </summary>
internal static class InvisibleText
{
    private const int BlackFlag = 0x1F3F4;
    private const int CancelTag = 0xE007F;

    // Bytes that an invisible character can begin with.
    private static readonly SearchValues<byte> Leads = SearchValues.Create(
        0x7F,
        0xC2,
        0xCD,
        0xD8,
        0xE1,
        0xE2,
        0xE3,
        0xEF,
        0xF3
    );

    /// <summary>Whether JSON may hold such a character. Never wrong when it says no; quick where text is plain.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> json)
    {
        int at = 0;
        while (json[at..].IndexOf((byte)'\\') is var found and >= 0)
        {
            at += found + 1;
            if (at >= json.Length)
                break;
            if (json[at] is (byte)'b' or (byte)'f' || (json[at] == 'u' && IsHiddenEscape(json[(at + 1)..])))
                return true;
            at++;
        }
        if (Ascii.IsValid(json))
            return json.IndexOf((byte)0x7F) >= 0;
        at = 0;
        while (at < json.Length && json[at..].IndexOfAny(Leads) is var lead and >= 0)
        {
            at += lead;
            if (
                Rune.DecodeFromUtf8(json[at..], out Rune rune, out int length) == OperationStatus.Done
                && IsHidden(rune.Value)
            )
                return true;
            at += Math.Max(1, length);
        }
        return false;
    }

    /// <returns>The text without them; null when it has none.</returns>
    public static string? Clean(ReadOnlySpan<char> text)
    {
        if (!MayBeIn(text))
            return null;
        bool rightToLeft = text.ContainsAnyInRange('\u0590', '\u08FF');
        var clean = new StringBuilder(text.Length);
        int before = 0;
        int after = 0;
        bool inFlag = false;
        int at = 0;
        while (at < text.Length)
        {
            _ = Rune.DecodeFromUtf16(text[at..], out Rune rune, out int length);
            at += length;
            int value = rune.Value;
            after =
                at < text.Length && Rune.DecodeFromUtf16(text[at..], out Rune next, out _) == OperationStatus.Done
                    ? next.Value
                    : 0;
            // England's flag is a black one and letters that nobody sees.
            inFlag = value == BlackFlag || (inFlag && IsTag(value) && before != CancelTag);
            if (IsHidden(value) && !IsNeeded(value, before, after, rightToLeft, inFlag))
                continue;
            clean.Append(text.Slice(at - length, length));
            before = value;
        }
        return clean.Length == text.Length ? null : clean.ToString();
    }

    private static bool MayBeIn(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange(' ', '~'))
            return false;
        for (int at = 0; at < text.Length; at++)
        {
            if (IsHidden(text[at]) || text[at] == '\uDB40')
                return true;
        }
        return false;
    }

    private static bool IsHiddenEscape(ReadOnlySpan<byte> digits) =>
        digits.Length >= 4
        && Utf8Parser.TryParse(digits[..4], out ushort value, out int read, 'x')
        && read == 4
        && (IsHidden(value) || value == 0xDB40);

    private static bool IsNeeded(int value, int before, int after, bool rightToLeft, bool inFlag) =>
        value switch
        {
            // Joiners bind emoji, and letters of scripts that have forms.
            0x200C or 0x200D => before > 0x7F && after > 0x7F && !IsHidden(after),
            0x200E or 0x200F or 0x061C => rightToLeft,
            >= 0xFE00 and <= 0xFE0F => before > 0x20 && !IsHidden(before),
            >= 0xE0100 and <= 0xE01EF => before is >= 0x3400 and <= 0x3FFFF,
            >= 0x180B and <= 0x180F => before is >= 0x1820 and <= 0x18AA,
            _ => inFlag && IsTag(value),
        };

    private static bool IsTag(int value) => value is >= 0xE0020 and <= CancelTag;

    private static bool IsHidden(int value) =>
        value switch
        {
            '\t' or '\n' or '\r' => false,
            < 0x20 or (>= 0x7F and <= 0x9F) or 0xAD or 0x034F or 0x061C => true,
            0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) => true,
            (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) => true,
            0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF9 and <= 0xFFFB) => true,
            (>= 0xE0000 and <= 0xE0FFF) => true,
            _ => false,
        };
}
