using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Changes the texts inside JSON; everything else stays byte for byte as it was.</summary>
internal static class JsonTexts
{
    private const int MaxDepth = 64;
    private const int ShortestData = 256;

    private static readonly SearchValues<char> Base64 = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_"
    );

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="json">One JSON value, known to be well-formed.</param>
    /// <param name="change">What to do with each text; names of members count as texts, the value of <c>model</c> does not.</param>
    /// <returns>Null when nothing was changed.</returns>
    public static byte[]? Rewrite(ReadOnlySpan<byte> json, ITextChange change)
    {
        ArrayBufferWriter<byte>? output = null;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        string member = "";
        bool isModel = false;
        bool isJson = false;
        int copied = 0;
        char[] rented = [];
        try
        {
            while (reader.Read())
            {
                bool isName = reader.TokenType == JsonTokenType.PropertyName;
                if (isName && reader.CurrentDepth == 1)
                    member = reader.GetString()!;
                if (isName)
                {
                    isModel = reader.CurrentDepth == 1 && reader.ValueTextEquals("model"u8);
                    isJson = reader.ValueTextEquals("arguments"u8);
                }
                if (!isName && (reader.TokenType != JsonTokenType.String || isModel))
                    continue;
                if (rented.Length < reader.ValueSpan.Length)
                {
                    ArrayPool<char>.Shared.Return(rented);
                    rented = ArrayPool<char>.Shared.Rent(reader.ValueSpan.Length);
                }
                ReadOnlySpan<char> text = rented.AsSpan(0, reader.CopyString(rented));
                if (IsData(text) || change.Change(text, member, isJson && !isName) is not { } changed)
                    continue;
                output ??= new ArrayBufferWriter<byte>(json.Length + ShortestData);
                int start = (int)reader.TokenStartIndex;
                output.Write(json[copied..start]);
                using (var writer = new Utf8JsonWriter(output, Relaxed))
                    writer.WriteStringValue(changed);
                copied = start + reader.ValueSpan.Length + 2;
            }
        }
        finally
        {
            if (rented.Length > 0)
                ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }
        if (output is null)
            return null;
        output.Write(json[copied..]);
        return output.WrittenSpan.ToArray();
    }

    // Images and sound are long, and nobody reads them as text.
    private static bool IsData(ReadOnlySpan<char> text)
    {
        if (text.Length < ShortestData)
            return false;
        int head = text.StartsWith("data:") ? text[..ShortestData].IndexOf(";base64,") : -1;
        return !text[(head < 0 ? 0 : head + ";base64,".Length)..].ContainsAnyExcept(Base64);
    }
}
