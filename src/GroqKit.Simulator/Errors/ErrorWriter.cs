using System.Text.Json;

namespace GroqKit.Simulator.Errors;

internal static class ErrorWriter
{
    /// <summary>Writes <c>{"error":{…}}</c>. <c>status_code</c> exists only inside streams, where the real status has already gone.</summary>
    public static void Write(Utf8JsonWriter json, ApiError error, bool inStream)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, error.Type);
        if (error.Code is not null)
            json.WriteString("code"u8, error.Code);
        if (error.Param is not null)
            json.WriteString("param"u8, error.Param);
        if (error.FailedGeneration is not null)
            json.WriteString("failed_generation"u8, error.FailedGeneration);
        if (inStream)
            json.WriteNumber("status_code"u8, error.Status);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
