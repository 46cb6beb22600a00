using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Errors;

namespace GroqKit.Json;

/// <summary>Makes the bodies of requests.</summary>
internal static class RequestJson
{
    /// <exception cref="GroqValidationException">Something in it has no form in JSON; it is named.</exception>
    public static byte[] Write<T>(T request, JsonTypeInfo<T> type)
    {
        byte[] body;
        try
        {
            body = JsonSerializer.SerializeToUtf8Bytes(request, type);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Unwritable(
                error,
                (request, type),
                static (json, it) => JsonSerializer.Serialize(json, it.request, it.type)
            );
        }
        HalfPairs.Check(body);
        return body;
    }

    /// <summary>
    /// What was given as JSON already cannot always be written: it may hold half of a surrogate pair, have no value, or be too deep.
    /// What was written until then tells where.
    /// </summary>
    public static GroqValidationException Unwritable<T>(
        Exception error,
        T value,
        Action<Utf8JsonWriter, T> write,
        string prefix = ""
    )
    {
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Encoder = GroqJson.Encoder }))
        {
            try
            {
                write(json, value);
            }
            catch (Exception again) when (again is JsonException or InvalidOperationException)
            {
                error = again.InnerException ?? again;
            }
        }
        return Rules.Invalid(
            prefix + JsonPlace.After(written.WrittenSpan),
            $"cannot be written as JSON: {error.Message}",
            error
        );
    }
}
