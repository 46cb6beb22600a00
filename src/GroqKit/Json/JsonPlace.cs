using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GroqKit.Json;

/// <summary>Where a reader is, written as errors write it: <c>messages[0].content</c>.</summary>
internal sealed class JsonPlace
{
    // A place is for people; one of a thousand steps is no help.
    private const int MaxLength = 200;

    private readonly Stack<(string Name, int Index)> _around = new();
    private string _name = "";
    private int _index = -1;

    /// <summary>Where the value stands that would come after what was written.</summary>
    public static string After(ReadOnlySpan<byte> written)
    {
        var options = new JsonReaderOptions { MaxDepth = GroqJson.MaxDepth };
        var reader = new Utf8JsonReader(written, isFinalBlock: false, new JsonReaderState(options));
        var place = new JsonPlace();
        while (reader.Read())
            place.Enter(ref reader);
        if (place._index >= 0)
            place._index++;
        return place.ToString();
    }

    /// <summary>Follows the reader to its next token.</summary>
    public void Enter(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = reader.GetString()!;
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                (_name, _index) = _around.Pop();
                return;
        }
        if (_index >= 0)
            _index++;
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        _around.Push((_name, _index));
        (_name, _index) = ("", reader.TokenType == JsonTokenType.StartArray ? 0 : -1);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string name, int index) in _around.Reverse().Append((_name, _index)))
            Write(text, name, index);
        return text.Length <= MaxLength ? text.ToString() : $"{text.ToString(0, MaxLength)}…";
    }

    // Indexes count from one, so that none and the first are told apart.
    private static void Write(StringBuilder text, string name, int index)
    {
        if (index > 0)
            text.Append(CultureInfo.InvariantCulture, $"[{index - 1}]");
        if (name.Length > 0)
            text.Append(text.Length > 0 ? "." : "").Append(name);
    }
}
