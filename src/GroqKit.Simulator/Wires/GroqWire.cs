using System.Text.Json;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Wires;

/// <summary>Groq's own.</summary>
internal sealed class GroqWire : Wire
{
    public override string ErrorEvent => "error";

    public override void WriteHeaders(IHeaderDictionary headers, string requestId)
    {
        headers["x-request-id"] = requestId;
        headers["x-groq-region"] = "sim";
        WriteCommon(headers);
    }

    public override void WriteError(Utf8JsonWriter json, ApiError error, bool inStream) =>
        ErrorWriter.Write(json, error, inStream);
}
