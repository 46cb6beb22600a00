using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Addresses of machines, both versions; not those that stand for every machine, such as 127.0.0.1.</summary>
internal sealed class IpDetector : IPersonalDataDetector
{
    private const int MaxLength = 45;
    private const int VersionWindow = 12;

    private static readonly SearchValues<char> Signs = SearchValues.Create(".:");
    private static readonly SearchValues<char> V6 = SearchValues.Create("0123456789abcdefABCDEF:.");
    private static readonly SearchValues<string> VersionWords = SearchValues.Create(
        ["version", "versión", "release", "build", "firmware", " v.", "§"],
        StringComparison.OrdinalIgnoreCase
    );

    public void Detect(ReadOnlySpan<char> text, List<Finding> findings)
    {
        int from = 0;
        while (from < text.Length && text[from..].IndexOfAny(Signs) is var found and >= 0)
        {
            int sign = from + found;
            (int start, int end) = text[sign] == '.' ? FourAt(text, sign, from) : SixAt(text, sign, from);
            from = sign + 1;
            if (end == 0)
                continue;
            findings.Add(new Finding(start, end - start, PersonalDataKind.Ip));
            from = end;
        }
    }

    private static (int Start, int End) FourAt(ReadOnlySpan<char> text, int dot, int least)
    {
        int start = dot;
        while (start > least && dot - start < 3 && char.IsAsciiDigit(text[start - 1]))
            start--;
        if (
            start == dot
            || (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '-'))
        )
            return default;
        int end = start;
        for (int part = 0; part < 4; part++)
        {
            int digits = end;
            while (end < text.Length && end - digits < 4 && char.IsAsciiDigit(text[end]))
                end++;
            if (end == digits || !byte.TryParse(text[digits..end], out _))
                return default;
            if (part == 3)
                break;
            if (end == text.Length || text[end] != '.')
                return default;
            end++;
        }
        bool goesOn =
            end < text.Length
            && (
                char.IsLetterOrDigit(text[end])
                || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))
            );
        if (goesOn || text[Math.Max(0, start - VersionWindow)..start].ContainsAny(VersionWords))
            return default;
        return IPAddress.TryParse(text[start..end], out IPAddress? address) && IsSomeones(address)
            ? (start, end)
            : default;
    }

    private static (int Start, int End) SixAt(ReadOnlySpan<char> text, int colon, int least)
    {
        bool fits =
            (colon + 1 < text.Length && (text[colon + 1] == ':' || char.IsAsciiHexDigit(text[colon + 1])))
            && (text[colon + 1] == ':' || (colon > 0 && char.IsAsciiHexDigit(text[colon - 1])));
        if (!fits)
            return default;
        int start = colon;
        while (start > least && colon - start < 4 && char.IsAsciiHexDigit(text[start - 1]))
            start--;
        if (start > 0 && char.IsLetterOrDigit(text[start - 1]))
            return default;
        ReadOnlySpan<char> rest = text.Slice(start, Math.Min(MaxLength, text.Length - start));
        int length = rest.IndexOfAnyExcept(V6);
        ReadOnlySpan<char> address = (length < 0 ? rest : rest[..length]).TrimEnd('.');
        if (address is [.., ':'] && !address.EndsWith("::"))
            address = address[..^1];
        bool whole = start + address.Length == text.Length || !char.IsLetterOrDigit(text[start + address.Length]);
        return
            whole
            && address.Length > 3
            && address.Count(':') >= 2
            && IPAddress.TryParse(address, out IPAddress? known)
            && known.AddressFamily == AddressFamily.InterNetworkV6
            && IsSomeones(known)
            ? (start, start + address.Length)
            : default;
    }

    private static bool IsSomeones(IPAddress address) =>
        !IPAddress.IsLoopback(address)
        && !address.Equals(IPAddress.Any)
        && !address.Equals(IPAddress.IPv6Any)
        && !address.Equals(IPAddress.Broadcast);
}
