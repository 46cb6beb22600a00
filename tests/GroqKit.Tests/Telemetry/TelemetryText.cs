using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GroqKit.Tests.Telemetry;

/// <summary>What was heard, as a text to be compared: every name, type and value.</summary>
internal static class TelemetryText
{
    public static string Of(TelemetryRecorder heard)
    {
        var text = new StringBuilder();
        foreach (Activity span in heard.Spans)
            Append(text, span);
        foreach (string line in heard.Measurements.Select(Line).Order(StringComparer.Ordinal))
            text.Append(line).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, Activity span)
    {
        text.Append(CultureInfo.InvariantCulture, $"span {span.DisplayName}, {span.Kind}, {span.Status}");
        if (span.StatusDescription is { } description)
            text.Append(CultureInfo.InvariantCulture, $": {description}");
        text.Append('\n');
        foreach (var (name, value) in span.TagObjects.OrderBy(tag => tag.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"  {name} = {Typed(value)}\n");
        text.Append('\n');
    }

    private static string Line(Measurement measurement)
    {
        IEnumerable<string> tags = measurement.Tags.Select(tag => $"{tag.Key}={tag.Value}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{measurement.Instrument} {measurement.Value} {{{string.Join(", ", tags)}}}"
        );
    }

    private static string Typed(object? value) =>
        value switch
        {
            string[] many => $"string[] [{string.Join(", ", many)}]",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Name(value!.GetType())} {value}"),
        };

    private static string Name(Type type) =>
        Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 => "int",
            TypeCode.Double => "double",
            TypeCode.Boolean => "bool",
            TypeCode.String => "string",
            _ => type.Name,
        };
}
