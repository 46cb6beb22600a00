using System.Text.Json;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Wires;

/// <summary>How a vendor's API looks around its endpoints: where the key stands, which headers every answer carries, and the shape of its errors.</summary>
internal abstract class Wire
{
    private const string Bearer = "Bearer ";

    /// <summary>The name of an error frame in a stream; null for a frame without a name.</summary>
    public virtual string? ErrorEvent => null;

    /// <summary>The key as the request presents it; null when there is none.</summary>
    public virtual string? Key(HttpRequest request)
    {
        string? header = request.Headers.Authorization;
        return header?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) is true ? header[Bearer.Length..] : null;
    }

    /// <summary>Sets the headers of every answer.</summary>
    public abstract void WriteHeaders(IHeaderDictionary headers, string requestId);

    /// <summary>Puts an error, worded for Groq, into the vendor's own status and codes.</summary>
    public virtual ApiError Translate(ApiError error) => error;

    /// <summary>Writes the body of an error that was translated before.</summary>
    public abstract void WriteError(Utf8JsonWriter json, ApiError error, bool inStream);

    /// <summary>The error of an address that the API does not have.</summary>
    public virtual ApiError UnknownUrl(string method, string path) => ApiErrors.UnknownUrl(method, path);

    protected static void WriteCommon(IHeaderDictionary headers)
    {
        headers["x-sim"] = "1";
        headers.CacheControl = "private, max-age=0, no-store, no-cache, must-revalidate";
    }
}
