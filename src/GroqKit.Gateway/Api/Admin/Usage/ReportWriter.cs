using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GroqKit.Gateway.Api.Admin.Usage;

/// <summary>Writes rows with named fields as JSON or CSV.</summary>
internal static class ReportWriter
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t");

    /// <summary><c>{"items": […], "next": …}</c></summary>
    public static async Task WriteJsonAsync<T>(
        HttpResponse response,
        IEnumerable<T> rows,
        IReadOnlyList<(string Name, Func<T, object?> Value)> fields,
        string? next,
        IReadOnlyList<T>? total = null
    )
    {
        Head(response, "application/json");
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (T row in rows)
            Write(json, row, fields);
        json.WriteEndArray();
        if (total is [var sum])
        {
            json.WritePropertyName("total"u8);
            Write(json, sum, fields);
        }
        json.WriteString("next"u8, next);
        json.WriteEndObject();
        await json.FlushAsync(response.HttpContext.RequestAborted);
    }

    /// <summary>A line of names, then a line for each row, as in RFC 4180.</summary>
    public static Task WriteCsvAsync<T>(
        HttpResponse response,
        IEnumerable<T> rows,
        IReadOnlyList<(string Name, Func<T, object?> Value)> fields
    )
    {
        Head(response, "text/csv; charset=utf-8");
        var text = new StringBuilder();
        text.AppendJoin(',', fields.Select(field => field.Name)).Append("\r\n");
        foreach (T row in rows)
            text.AppendJoin(',', fields.Select(field => Cell(field.Value(row)))).Append("\r\n");
        return response.WriteAsync(text.ToString(), response.HttpContext.RequestAborted);
    }

    private static void Head(HttpResponse response, string type)
    {
        response.ContentType = type;
        response.Headers.CacheControl = "no-store";
    }

    private static void Write<T>(
        Utf8JsonWriter json,
        T row,
        IReadOnlyList<(string Name, Func<T, object?> Value)> fields
    )
    {
        json.WriteStartObject();
        foreach ((string name, Func<T, object?> value) in fields)
        {
            json.WritePropertyName(name);
            switch (value(row))
            {
                case null:
                    json.WriteNullValue();
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case decimal number:
                    json.WriteNumberValue(Plain(number));
                    break;
                case var text:
                    json.WriteStringValue((string)text);
                    break;
            }
        }
        json.WriteEndObject();
    }

    private static string Cell(object? value)
    {
        string text = value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            decimal number => Plain(number).ToString(CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => (string)value,
        };
        // A label that a caller chose must not become a formula in somebody's table.
        if (value is string && text.Length > 0 && Formula.Contains(text[0]))
            text = "'" + text;
        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // Dividing by one gives the zeros at the end back.
    private static decimal Plain(decimal number) => number / 1.0000000000000000000000000000m;
}
