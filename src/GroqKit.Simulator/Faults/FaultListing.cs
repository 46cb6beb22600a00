using System.Text.Json;

namespace GroqKit.Simulator.Faults;

/// <summary>Writes what is set and what could be, for <c>/sim/faults</c>.</summary>
internal static class FaultListing
{
    public static void Write(Utf8JsonWriter json, FaultBoard board)
    {
        json.WriteStartObject();
        json.WriteStartArray("active"u8);
        foreach (StandingFault fault in board.Standing)
            WriteStanding(json, fault);
        json.WriteEndArray();
        json.WriteStartObject("how"u8);
        json.WriteString("header"u8, $"{FaultHeader.Name}: 429:retry-after=2");
        json.WriteString("model"u8, "sim/cut:after=40");
        json.WriteString("set"u8, """POST /sim/faults {"fault": "503", "count": 2, "model": null}""");
        json.WriteString("clear"u8, """POST /sim/faults {"fault": null}, or DELETE /sim/faults""");
        json.WriteString("several"u8, "separated by commas: slow-first-token:ms=500,cut:after=40");
        json.WriteString("now and then"u8, "503:percent=30 meets 30 of 100 requests; every fault takes it");
        json.WriteEndObject();
        json.WriteStartArray("known"u8);
        foreach (FaultDefinition fault in FaultCatalog.All)
            WriteKnown(json, fault);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStanding(Utf8JsonWriter json, StandingFault fault)
    {
        json.WriteStartObject();
        json.WriteString("fault"u8, fault.Fault);
        json.WriteString("model"u8, fault.Model);
        if (fault.Remaining is { } remaining)
            json.WriteNumber("remaining"u8, remaining);
        else
            json.WriteNull("remaining"u8);
        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, FaultDefinition fault)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, fault.Name);
        json.WriteString("summary"u8, fault.Summary);
        json.WriteStartArray("parameters"u8);
        foreach (FaultParameter parameter in fault.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, parameter.Name);
            json.WriteString("summary"u8, parameter.Summary);
            if (parameter.Default is { } value)
                json.WriteNumber("default"u8, value);
            else
                json.WriteNull("default"u8);
            json.WriteNumber("min"u8, parameter.Min);
            json.WriteNumber("max"u8, parameter.Max);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
