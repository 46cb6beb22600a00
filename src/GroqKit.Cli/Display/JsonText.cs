using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GroqKit.Cli.Display;

/// <summary>Objects for --json: one line each, letters of every language as they are.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="members">Writes what stands between the braces.</param>
    public static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What is wrong and where, counted from 1; of a text that is one line only its byte is told.</summary>
    public static string Explain(JsonException error)
    {
        string problem = error.Message.Split(" LineNumber:")[0].Split(". ")[0].TrimEnd('.');
        string line = error.LineNumber > 0 ? $"line {error.LineNumber + 1}, " : "";
        return $"{problem} ({line}byte {error.BytePositionInLine + 1})";
    }

    /// <summary>Writes a figure, or null where there is none.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
