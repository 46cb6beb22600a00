using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace GroqKit.TestKit.Contract;

/// <summary>The formats that structured outputs may ask for. Formats outside this list say nothing about the text.</summary>
internal static partial class StringFormat
{
    public static bool Fits(string format, string value) =>
        format switch
        {
            "date-time" => DateTimePattern().IsMatch(value) && DateTimeOffset.TryParse(value, Invariant, out _),
            "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out _),
            "time" => TimePattern().IsMatch(value) && DateTimeOffset.TryParse($"2000-01-01T{value}", Invariant, out _),
            "duration" => DurationPattern().IsMatch(value) && value[^1] is not ('P' or 'T'),
            "email" => MailAddress.TryCreate(value, out MailAddress? address) && address.Address == value,
            "hostname" => value.Length <= 253 && HostPattern().IsMatch(value),
            "ipv4" => Ipv4Pattern().IsMatch(value) && IPAddress.TryParse(value, out _),
            "ipv6" => IPAddress.TryParse(value, out IPAddress? ip)
                && ip.AddressFamily is AddressFamily.InterNetworkV6
                && !value.StartsWith('['),
            // A rooted path counts as an absolute address on some systems: the scheme decides.
            "uri" => SchemePattern().IsMatch(value) && Uri.TryCreate(value, UriKind.Absolute, out _),
            "uuid" => Guid.TryParseExact(value, "D", out _),
            _ => true,
        };

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    [GeneratedRegex(
        @"\A\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z",
        RegexOptions.ECMAScript,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(
        @"\A\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z",
        RegexOptions.ECMAScript,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex TimePattern();

    [GeneratedRegex(
        @"\AP(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)\z",
        RegexOptions.ECMAScript,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex DurationPattern();

    [GeneratedRegex(
        @"\A[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z",
        RegexOptions.ECMAScript,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:[^ ]+\z", RegexOptions.ECMAScript, matchTimeoutMilliseconds: 5000)]
    private static partial Regex SchemePattern();

    [GeneratedRegex(
        @"\A(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}\z",
        RegexOptions.ECMAScript,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Ipv4Pattern();
}
