using System.Collections.Frozen;

namespace GroqKit.Providers.Speech;

/// <summary>
/// Languages as providers name what they heard (English names in any case, three-letter codes, cultures), as two-letter codes.
/// </summary>
internal static class SpokenLanguages
{
    // Two letters, three letters, English name: the languages that the speech models of all three providers share.
    private const string Table = """
        af afr afrikaans;ar ara arabic;be bel belarusian;bg bul bulgarian;bn ben bengali;bs bos bosnian;ca cat catalan;cs ces czech;
        cy cym welsh;da dan danish;de deu german;el ell greek;en eng english;es spa spanish;et est estonian;fa fas persian;fi fin finnish;
        fr fra french;gl glg galician;gu guj gujarati;he heb hebrew;hi hin hindi;hr hrv croatian;hu hun hungarian;hy hye armenian;
        id ind indonesian;is isl icelandic;it ita italian;ja jpn japanese;ka kat georgian;kk kaz kazakh;kn kan kannada;ko kor korean;
        lt lit lithuanian;lv lav latvian;mk mkd macedonian;ml mal malayalam;mr mar marathi;ms msa malay;ne nep nepali;nl nld dutch;
        no nor norwegian;pl pol polish;pt por portuguese;ro ron romanian;ru rus russian;sk slk slovak;sl slv slovenian;sr srp serbian;
        sv swe swedish;sw swa swahili;ta tam tamil;te tel telugu;th tha thai;tl tgl tagalog;tr tur turkish;uk ukr ukrainian;ur urd urdu;
        vi vie vietnamese;zh zho chinese
        """;

    private static readonly FrozenDictionary<string, string> Codes = Table
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(row => row.Split(' '))
        .SelectMany(row => row.Select(word => KeyValuePair.Create(word, row[0])))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The two-letter code; null when the name is none that is known.</summary>
    public static string? ToCode(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        string primary = name.Trim();
        int end = primary.AsSpan().IndexOfAny('-', '_');
        return Codes.GetValueOrDefault(end < 0 ? primary : primary[..end]);
    }

    /// <summary>What a caller named, as providers take it: <c>en-US</c> is <c>en</c>. Unknown names stay.</summary>
    public static string? ForRequest(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;
        int end = name.AsSpan().IndexOfAny('-', '_');
        return ToCode(name) ?? (end < 0 ? name : name[..end]).Trim().ToLowerInvariant();
    }
}
