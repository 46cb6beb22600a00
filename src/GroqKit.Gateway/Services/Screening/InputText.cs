using System.Text;
using System.Text.Json;
using GroqKit.Gateway.Services.Privacy;

namespace GroqKit.Gateway.Services.Screening;

/// <summary>All that a model would read of a request.</summary>
internal sealed class InputText : ITextChange
{
    private static readonly string[] Read = ["messages", "input", "prompt", "instructions", "query", "docs"];

    private readonly StringBuilder _text = new();

    /// <param name="body">A request, known to be well-formed.</param>
    public static string Of(ReadOnlySpan<byte> body)
    {
        var text = new InputText();
        JsonTexts.Rewrite(body, text);
        return text._text.ToString();
    }

    /// <summary>The first field of a request that a model reads, as its author wrote it.</summary>
    /// <param name="body">A request, known to be well-formed.</param>
    public static string FieldOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (Read.Contains(name))
                return name;
            reader.Skip();
        }
        return Read[0];
    }

    public string? Change(ReadOnlySpan<char> text, string member, bool isJson)
    {
        if (
            Read.Contains(member)
            && text is not ("role" or "content" or "type" or "text" or "user" or "system" or "assistant")
        )
        {
            if (_text.Length > 0)
                _text.Append('\n');
            _text.Append(text);
        }
        return null;
    }
}
