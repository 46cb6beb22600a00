using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Api.OpenAi.Uploads;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;
using GroqKit.Gateway.Services.Translation;
using GroqKit.Voice;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>What a caller asks of a spoken turn, in any of the three forms: JSON with words, a form with a recording, or the recording alone.</summary>
/// <param name="Input">What was said; sound may still be coming.</param>
/// <param name="Settings">The rest, by name.</param>
internal sealed record VoiceRequest(VoiceInput Input, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>For how long a turn waits for a caller whose connection broke.</summary>
    public const string Resume = "resume";

    private const int MostField = 64 * 1024;
    private const int MostName = 128;

    private const string Text = "text";
    private const string Possible = "must be application/json, multipart/form-data or audio/…";

    private static readonly string[] Known =
    [
        "format",
        "instructions",
        "language",
        "voice",
        VoiceTools.Name,
        VoiceTools.Filler,
        "turn",
        Resume,
    ];

    // What the JSON of a typed turn has.
    private static readonly string[] Typed = [Text, .. Known];

    public string? this[string name] => Settings.GetValueOrDefault(name);

    /// <exception cref="GatewayException">The request is wrong; the field is named.</exception>
    public static async Task<VoiceRequest> ReadAsync(Exchange exchange)
    {
        HttpRequest request = exchange.Request;
        RequestBody.CheckHeaders(request.Headers);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Query)
            Add(settings, name, values.Count == 1 ? values[0] ?? "" : throw RequestErrors.Duplicate(name));
        if (string.IsNullOrWhiteSpace(request.ContentType))
            throw RequestErrors.Missing("content-type");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
            throw RequestErrors.WrongValue("content-type", "can't be read: " + Possible);
        VoiceInput input = type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" => await ReadJsonAsync(exchange, settings),
            "multipart/form-data" => await ReadFormAsync(request, type, settings, exchange.Lifetime.Token),
            { } media
                when media.StartsWith("audio/", StringComparison.Ordinal) || media == "application/octet-stream" =>
                VoiceInput.FromAudio(request.Body, request.ContentType),
            _ => throw RequestErrors.WrongValue("content-type", Possible),
        };
        return new VoiceRequest(input, settings);
    }

    /// <summary>The name of a form's field; empty where it has none.</summary>
    public static string NameOf(MultipartSection section) =>
        section.GetContentDispositionHeader()?.Name.ToString().Trim('"') ?? "";

    private static async Task<VoiceInput> ReadJsonAsync(Exchange exchange, Dictionary<string, string> settings)
    {
        using PooledBody body = await VoiceBody.ReadAsync(exchange);
        string? text = null;
        foreach (JsonMember member in JsonRequest.Read(body.Memory).Members)
        {
            if (member.Name == Text)
                text = ValueOf(member);
            else if (Known.Contains(member.Name))
                Add(settings, member.Name, ValueOf(member));
            else
                throw Unknown(member.Name, Typed);
        }
        if (text is null)
            throw RequestErrors.Missing(Text);
        return text.EnumerateRunes().Any(IsSeen)
            ? VoiceInput.FromText(text)
            : throw RequestErrors.WrongValue(Text, "holds no words");
    }

    // A time is written as a number where there are numbers, and tools as an array where there are arrays.
    private static string ValueOf(JsonMember member) =>
        (member.Name, (char)member.Value.Span[0]) switch
        {
            (_, '"') => member.Text!,
            (Resume, '-' or (>= '0' and <= '9')) => member.Json,
            (VoiceTools.Name, '[') => member.Json,
            (VoiceTools.Name, _) => throw RequestErrors.WrongType(member.Name, "an array"),
            _ => throw RequestErrors.WrongType(member.Name, "a string"),
        };

    // Marks without a width are no words either.
    private static bool IsSeen(System.Text.Rune letter) =>
        !System.Text.Rune.IsWhiteSpace(letter)
        && System.Text.Rune.GetUnicodeCategory(letter)
            is not (System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Control);

    // Fields stand before the recording, so that its end is the end of speech.
    private static async Task<VoiceInput> ReadFormAsync(
        HttpRequest request,
        MediaTypeHeaderValue type,
        Dictionary<string, string> settings,
        CancellationToken cancellationToken
    )
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 200)
            throw RequestErrors.InvalidForm("The content type names no boundary.");
        var reader = new MultipartReader(boundary, request.Body)
        {
            HeadersCountLimit = FormErrors.MaxHeaders,
            HeadersLengthLimit = FormErrors.MaxHeaderBytes,
        };
        string? last = null;
        bool isWithin = false;
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                string name = NameOf(section) is { Length: > 0 } known ? known : throw FormErrors.Nameless(last);
                last = name;
                isWithin = true;
                if (name is "audio" or "file")
                    return VoiceInput.FromAudio(new FormSound(reader, name, section.Body), section.ContentType);
                byte[] field = new byte[MostField + 1];
                int read = await section.Body.ReadAtLeastAsync(field, field.Length, false, cancellationToken);
                if (read > MostField)
                    throw RequestErrors.WrongValue(name, $"is longer than {MostField} bytes");
                if (!System.Text.Unicode.Utf8.IsValid(field.AsSpan(0, read)))
                    throw RequestErrors.WrongValue(name, "is not valid UTF-8");
                Add(settings, name, System.Text.Encoding.UTF8.GetString(field, 0, read));
                isWithin = false;
            }
        }
        catch (InvalidDataException)
        {
            throw FormErrors.Headers(last);
        }
        catch (IOException broken) when (broken is not (BadHttpRequestException or ConnectionResetException))
        {
            throw isWithin ? FormErrors.Cut(last!) : FormErrors.NoEnd(last);
        }
        throw RequestErrors.Missing("audio");
    }

    private static GatewayException Unknown(string name, IEnumerable<string> known) =>
        RequestErrors.Unknown(name.Length > MostName ? name[..MostName] : name, known);

    private static void Add(Dictionary<string, string> settings, string name, string value)
    {
        if (!Known.Contains(name))
            throw Unknown(name, Known);
        if (!settings.TryAdd(name, value))
            throw RequestErrors.Duplicate(name);
    }
}
