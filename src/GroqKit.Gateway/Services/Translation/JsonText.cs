using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>What has to be true of a body before its JSON is read.</summary>
internal static class JsonText
{
    private const int EscapeLength = 6;

    /// <exception cref="GatewayException">The body is empty or is no text.</exception>
    public static void Check(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            throw RequestErrors.InvalidJson("The body is empty; a JSON object is expected.");
        if (body.StartsWith("\uFEFF"u8))
            throw RequestErrors.InvalidJson("The body begins with a byte order mark; JSON goes without.");
        if (!Utf8.IsValid(body))
            throw RequestErrors.InvalidJson("The body is not valid UTF-8.");
        // Well-formed JSON all the same, so that no reader minds it until somebody wants the text.
        if (HasHalfCharacter(body))
            throw RequestErrors.InvalidJson("The body has an escape that stands for no character.");
    }

    /// <summary>How deep a reader stands; its own figure leaves out the brace or bracket that it read last.</summary>
    public static int DepthOf(in Utf8JsonReader json) =>
        json.CurrentDepth + (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);

    /// <summary>Whether an escape such as <c>\ud800</c> stands alone. Costs one search where nothing is escaped so.</summary>
    private static bool HasHalfCharacter(ReadOnlySpan<byte> json)
    {
        int from = 0;
        while (json[from..].IndexOf("\\u"u8) is var found and >= 0)
        {
            int at = from + found;
            from = at + 2;
            if (IsEscaped(json, at))
                continue;
            char unit = UnitAt(json, at);
            if (char.IsLowSurrogate(unit))
                return true;
            if (!char.IsHighSurrogate(unit))
                continue;
            if (!char.IsLowSurrogate(UnitAt(json, at + EscapeLength)))
                return true;
            from = at + (2 * EscapeLength);
        }
        return false;
    }

    // Of several backslashes in a row, each second one is the character itself.
    private static bool IsEscaped(ReadOnlySpan<byte> json, int at)
    {
        int before = json[..at].LastIndexOfAnyExcept((byte)'\\');
        return (at - before) % 2 == 0;
    }

    private static char UnitAt(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length
        && json[at..].StartsWith("\\u"u8)
        && ushort.TryParse(
            json.Slice(at + 2, EscapeLength - 2),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out ushort unit
        )
            ? (char)unit
            : '\0';
}
