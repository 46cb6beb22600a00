using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Json;

/// <summary>
/// Reads money that the API writes as text ("0.00000015") or as a number; writes text. What cannot be read is null: an unknown
/// price must never pass for zero, nor make a whole list unreadable.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DecimalTextConverter : JsonConverter<decimal?>
{
    /// <inheritdoc/>
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDecimal(out decimal number) ? number : null;
            case JsonTokenType.String:
                return decimal.TryParse(
                    reader.GetString(),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out decimal text
                )
                    ? text
                    : null;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is { } amount)
            writer.WriteStringValue(amount.ToString(CultureInfo.InvariantCulture));
        else
            writer.WriteNullValue();
    }
}
