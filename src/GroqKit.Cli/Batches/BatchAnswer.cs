using System.Text.Json;
using GroqKit.Cli.Display;

namespace GroqKit.Cli.Batches;

/// <summary>What came of a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Body">The whole answer; null when there is none.</param>
/// <param name="Error">Why there is none.</param>
/// <param name="Status">The status that went with the error.</param>
internal sealed record BatchAnswer(BatchQuestion Question, JsonElement? Body, string? Error = null, int? Status = null)
{
    /// <summary>The words of a chat's answer, or of a transcript; empty where there are none.</summary>
    public string Text
    {
        get
        {
            if (Body is not { ValueKind: JsonValueKind.Object } body)
                return "";
            if (body.TryGetProperty("text", out JsonElement heard))
                return heard.ToString();
            return
                body.TryGetProperty("choices", out JsonElement choices)
                && choices is { ValueKind: JsonValueKind.Array }
                && choices.GetArrayLength() > 0
                && choices[0].TryGetProperty("message", out JsonElement message)
                && message.TryGetProperty("content", out JsonElement content)
                ? content.ToString()
                : "";
        }
    }

    /// <summary>One line of JSON.</summary>
    public string ToJson() =>
        JsonText.Write(json =>
        {
            json.WriteString("custom_id", Question.Id);
            if (Error is null)
            {
                json.WriteString("answer", Text);
                json.WritePropertyName("body");
                Body!.Value.WriteTo(json);
                return;
            }
            json.WriteNumber("line", Question.Row.Line);
            json.WriteString("error", Error);
            json.WriteNumberOrNull("status", Status);
        });

    /// <summary>The row of the input, and the answer in a cell more.</summary>
    public string ToCsv() => string.Join(',', Question.Row.Cells.Values.Append(Text).Select(Quote));

    /// <summary>The names above <see cref="ToCsv"/>.</summary>
    public static string CsvHead(Row first) => string.Join(',', first.Cells.Keys.Append("answer").Select(Quote));

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
